import payloads from "../../slack/payloads.json" with { type: "json" };

/** The presses on file: what Slack's documents and its maintainers show. */
export type PressOnFile = Exclude<keyof typeof payloads, "a command">;

/** Those presses by name. */
export const PRESSES = Object.keys(payloads).filter((name): name is PressOnFile => name !== "a command");

/** The press's payload, with fields changed, or those in them. */
export function pressOnFile(name: PressOnFile, changed: Record<string, unknown> = {}): Record<string, unknown> {
  const found = payloads[name];
  const own: Record<string, unknown> = "changed" in found ? found.changed : {};
  return { ...payloads["a press"].body, ...own, ...changed };
}

/** The command's form, with fields changed; one that is undefined is left out. */
export function commandOnFile(changed: Record<string, string | undefined> = {}): string {
  const form: Record<string, string | undefined> = { ...payloads["a command"].form, ...changed };
  const fields = Object.entries(form).filter((field): field is [string, string] => field[1] !== undefined);
  return new URLSearchParams(fields).toString();
}

/** The form in which Slack sends a press. */
export const pressForm = (payload: object): string => new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
