import type { MemberStanding, SideOfMember } from "../../../standing/members.ts";
import type { Form } from "../../form.ts";

/** How many members are switched over: "1 of 3". */
export function countWords(members: readonly MemberStanding[]): string {
  return `${members.filter(({ outcome }) => outcome === "switched").length} of ${members.length}`;
}

const MOST_MEMBERS = 12;

/** One line a member, those that were not switched over first: which version its name leads to now. */
export function memberLines(members: readonly MemberStanding[], as: Form): string[] {
  const rest = members.filter(({ outcome }) => outcome !== "switched");
  const all = [...rest, ...members.filter(({ outcome }) => outcome === "switched")];
  const more = all.length - MOST_MEMBERS;
  return [...all.slice(0, MOST_MEMBERS).map((it) => `• ${memberLine(it, as)}`), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function memberLine({ name, kind, word, outcome, status, source, target }: MemberStanding, as: Form): string {
  const what = kind === "instance" ? "" : kind === "unknown" ? `${as.text(word, 40)} ` : `${kind.replace("-", " ")} `;
  if (outcome === "switched") return `${what}${as.code(name)} is switched over${leads(target, as)}.`;
  const why = status ? ` (${as.text(status, 60)})` : "";
  const green = target && target.name !== name ? ` Green's is still called ${as.code(target.name)}.` : "";
  const not = outcome === "pending" ? "is not switched over yet" : `was ${as.strong("not")} switched over`;
  const where = source ? `the name still leads to blue's database${version(source, as)}` : "blue's database is gone";
  return `${what}${as.code(name)} ${not}${why}: ${where}.${green}`;
}

const leads = (side: SideOfMember | undefined, as: Form): string => (side?.database ? `: the name leads to${version(side, as)} now` : "");

const version = ({ database }: SideOfMember, as: Form): string =>
  database ? ` ${as.text(`${database.engine} ${database.engineVersion}`, 60)}`.trimEnd() : "";
