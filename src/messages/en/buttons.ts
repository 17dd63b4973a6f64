/** What the guard's buttons say, by what they do. */
export const BUTTONS = {
  recreate: "Recreate…",
  switchover: "Switch over…",
  hold: "Hold",
  cancel: "Cancel",
  force: "End it by force",
};
