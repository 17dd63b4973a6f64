import type { SwitchoverWords } from "./timeline.ts";

/** The texts of RDS-EVENT-0259, 0260 and 0261. Source: the recorded texts, and the template of the Aurora User Guide. */
export const clusterWords: SwitchoverWords = {
  about: "cluster",
  started: (blue, green) => `Switchover from DB cluster ${blue} to ${green} started.`,
  completed: (blue, green, old) =>
    `Switchover from DB cluster ${blue} to ${green} completed. Renamed ${blue} to ${old} and ${green} to ${blue}.`,
  canceled: (blue, green, reason) => `Switchover from DB cluster ${blue} to ${green} was canceled due to ${reason}.`,
};
