/** What the guard's buttons say, by what they do. */
export const BUTTONS = {
  recreate: "Recreate…",
  switchover: "Switch over…",
  hold: "Hold",
  take: "I'm on it",
  takeOver: "I'm on it instead",
  cancel: "Cancel",
  force: "End it by force",
};
