import { reasonsOf } from "../../../facts/reasons.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import type { Form } from "../../form.ts";

/** The most reasons that an entry lists. */
export const MOST_REASONS = 6;

/** Every reason, the cause first, and its database; without it if there is one reason alone, of the database that the entry is about. */
export function reasons(reports: ThreadEntry["reports"], as: Form, about?: string): string[] {
  const all = reasonsOf({ reports });
  return all.slice(0, MOST_REASONS).map(({ database, reason }) => {
    const whose = database === undefined || (all.length === 1 && database === about) ? "" : ` (${as.code(database)})`;
    return `Reason: ${as.text(reason, all.length === 1 ? 400 : 240)}${whose}`;
  });
}

/** From which database to which. */
export const fromTo = (blue: string | undefined, green: string | undefined, as: Form): string[] =>
  blue && green ? [`From ${as.code(blue)} to ${as.code(green)}.`] : [];

/** Advice to delete green, or that blue is production: only of a deployment that is known, and while nothing says that green may be. */
export const again = (deployment: Standing | undefined, advice: string): string[] => (deployment?.mayDeleteGreen ? [advice] : []);

/** What is said of blue only where it is known, by every name, to be production. */
export const ofBlue = (deployment: Standing | undefined, words: string): string[] => (deployment?.production === "blue" ? [words] : []);
