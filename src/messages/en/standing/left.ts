import type { Leftover } from "../../../standing/leftovers.ts";
import type { Standing } from "../../../standing/standing.ts";
import { mayBeAurora } from "../../engine.ts";
import type { Form } from "../../form.ts";
import { names } from "./names.ts";

/** What a deleted deployment left behind, each by name. */
export function leftLines(standing: Standing, as: Form): string[] {
  const { left } = standing;
  const of = (side: Leftover["side"]) => left.filter((it) => it.side === side).map(({ name }) => name);
  const [green, old] = [of("green"), of("old blue")];
  const aurora = mayBeAurora(standing) ? " On Aurora it may accept writes again." : "";
  return [
    ...(green.length > 0
      ? [`${names("Green was kept: ", green, as)} still ${exist(green)} and ${are(green)} billed until you delete ${it(green)}.`]
      : []),
    ...(old.length > 0
      ? [`${names("Old blue ", old, as)} still ${exist(old)} and ${are(old)} billed until you delete ${it(old)}.${aurora}`]
      : []),
  ];
}

const exist = (all: readonly string[]): string => (all.length === 1 ? "exists" : "exist");
const are = (all: readonly string[]): string => (all.length === 1 ? "is" : "are");
const it = (all: readonly string[]): string => (all.length === 1 ? "it" : "them");
