import { type Environment, readFrom, type Values } from "./read.ts";
import { TERMINAL } from "./table.ts";

/** What the terminal is told of a deployed guard: its table, and its event bus. */
export type TerminalSettings = Values<typeof TERMINAL>;

/** Reads them; nothing of it has to be there. */
export function readTerminalSettings(environment: Environment = process.env): TerminalSettings {
  return readFrom(TERMINAL, environment);
}
