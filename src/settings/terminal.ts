import { TERMINAL } from "./places.ts";
import { type Environment, readFrom, type Values } from "./read.ts";

/** How the terminal finds a deployed guard: its table and its event bus. */
export type TerminalSettings = Values<typeof TERMINAL>;

/** Reads the terminal's settings, all of which are optional. */
export function readTerminalSettings(environment: Environment = process.env): TerminalSettings {
  return readFrom(TERMINAL, environment);
}
