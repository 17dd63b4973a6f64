/** What a person types at a terminal to have the guard do something with a deployment, such as `npx bluegreen-guard recreate orders`. */
export const terminalCommand = (command: string, name: string): string => `npx bluegreen-guard ${command} ${name}`;

/** The same in Slack. */
export const slackCommand = (command: string, name: string): string => `/bluegreen ${command} ${name}`;
