import { findingText } from "../../src/messages/en/checks.ts";
import { inTerminal } from "../../src/messages/terminal/form.ts";
import type { Finding } from "../../src/plans/checks.ts";

/** A finding with its sentences, as a terminal shows them. */
export function inWords<T extends Finding>(finding: T): T & { reason: string; remedy?: string } {
  const [reason, remedy] = findingText(finding, inTerminal);
  return { ...finding, reason, ...(remedy !== undefined && { remedy }) };
}
