/** What is wrong with the arguments of a command. `typed` is what was given; whoever prints it makes it harmless. */
export const MISTAKES = {
  yesWithoutForce: "--yes is taken only beside --force: cancel asks about nothing else.",
  oneName: (command: string, typed: readonly string[]): string => `${command} takes one name or id; received ${typed.join(" ")}.`,
  name: (command: string, typed?: string): string =>
    `${command} takes the name or the id of a blue/green deployment${typed === undefined ? "" : `; received "${typed}"`}.`,
  seconds: (option: string, least: number, most: number, typed: unknown): string =>
    `--${option} takes whole seconds, ${least} to ${most}; received "${typed}".`,
  besideOnce: (option: string, typed: unknown): string => `--${option} cannot stand beside --once; received "${typed}".`,
  /** `what` is a field, for the middle of a sentence. */
  field: (option: string, what: string, typed: string | undefined): string =>
    `--${option} takes the ${what} as RDS writes it; received "${typed}".`,
};

/** Who asks where neither AWS nor the computer names them. */
export const SOMEBODY = "somebody at a terminal";
