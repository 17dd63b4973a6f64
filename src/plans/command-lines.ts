/** How a person has the guard delete and create a deployment again, at a terminal. */
export const recreateCommand = (name: string): string => `npx bluegreen-guard recreate ${name}`;

/** How a person has the guard switch a deployment over, at a terminal; RDS's own 300 s where no timeout is named. */
export const switchoverCommand = (name: string, timeoutSeconds?: number): string =>
  `npx bluegreen-guard switchover ${name}${timeoutSeconds === undefined ? "" : ` --timeout ${timeoutSeconds}`}`;

/** The same in Slack. */
export const slackCommand = (operation: "recreate" | "switchover" | "cancel", name: string): string => `/bluegreen ${operation} ${name}`;

/** How a person stops an operation, at a terminal. */
export const cancelCommand = (name: string): string => `npx bluegreen-guard cancel ${name}`;

/** How a person has an operation go on, at a terminal. */
export const commandOf = (operation: "recreate" | "switchover", name: string): string =>
  operation === "recreate" ? recreateCommand(name) : switchoverCommand(name);
