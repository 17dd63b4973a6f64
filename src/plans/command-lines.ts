/** The command to type in a terminal, such as `npx bluegreen-guard recreate orders`. */
export const terminalCommand = (command: string, name: string): string => `npx bluegreen-guard ${command} ${name}`;

/** The command to type in Slack. */
export const slackCommand = (command: string, name: string): string => `/bluegreen ${command} ${name}`;
