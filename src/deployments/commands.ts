/** How a person has the guard delete and create a deployment again, at a terminal. */
export const recreateCommand = (name: string): string => `npx bluegreen-guard recreate ${name}`;

/** How a person stops an operation, at a terminal. */
export const cancelCommand = (name: string): string => `npx bluegreen-guard cancel ${name}`;
