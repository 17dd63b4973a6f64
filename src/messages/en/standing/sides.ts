import type { MemberStanding, SideOfMember } from "../../../standing/members.ts";
import type { SideStanding } from "../../../standing/sides.ts";
import type { Standing } from "../../../standing/standing.ts";
import { code, plain } from "../../slack/mrkdwn.ts";

const MOST_NAMES = 6;

/** The two sides of a deployment, one text each: name, engine version, status, parameter groups, members. */
export function blueAndGreen(standing: Standing): string[] {
  const { exists, source, target } = standing;
  const [blue, green] = titles(standing);
  const sides = [side(blue, source, exists), side(green, target, exists)];
  return standing.switched ? sides.reverse() : sides;
}

/** What source and target are called: neither is called production unless it is known. */
function titles({ production, switched, renamed, members, exists }: Standing): [string, string] {
  if (switched && !renamed)
    return [
      "Old blue, as it was called",
      production === "green" ? "New blue, as green was called (production now)" : "New blue, as green was called",
    ];
  if (switched) return ["Old blue", production === "green" ? "New blue (was green, production now)" : "New blue (was green)"];
  if (production === "blue") return ["Blue (production)", "Green"];
  const isPartly = members.some(({ outcome }) => outcome === "switched");
  if (isPartly) return ["Source (blue before the switchover)", "Target (green before the switchover)"];
  return exists ? ["Source (it is not known which side is production)", "Target"] : ["Source", "Target"];
}

function side(title: string, summary: SideStanding | undefined, exists: boolean): string {
  if (!summary) return `*${title}*\n${exists ? "not there yet" : "was not there yet"}`;
  const { name, database, parameterGroups, members } = summary;
  const progress = database?.percentProgress ? ` (${database.percentProgress} %)` : "";
  const lines = [
    `*${title}*`,
    code(name),
    // The guard no longer polls a deployment that is gone, so the status would be stale.
    database
      ? plain(`${database.engine} ${database.engineVersion}${exists ? ` · ${database.status || "status unknown"}${progress}` : ""}`, 120)
      : "does not exist",
    names("parameter groups: ", parameterGroups),
    names("members: ", members),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** The first few names, between `before` and `after`; empty if there are none. */
export function names(before: string, all: readonly string[], after = ""): string {
  if (all.length === 0) return "";
  const shown = all.slice(0, MOST_NAMES).map((name) => code(name));
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
  return `${before}${shown.join(", ")}${more}${after}`;
}

/** True while members stand differently. */
export function isInParts({ phase, members }: Standing): boolean {
  return phase === "partly-switched-over" || (phase === "switching-over" && members.some(({ outcome }) => outcome === "switched"));
}

/** How many members are switched over: "1 of 3". */
export function countWords(members: readonly MemberStanding[]): string {
  return `${members.filter(({ outcome }) => outcome === "switched").length} of ${members.length}`;
}

const MOST_MEMBERS = 12;

/** One line a member, those that were not switched over first: which version its name leads to now. */
export function memberLines(members: readonly MemberStanding[]): string[] {
  const rest = members.filter(({ outcome }) => outcome !== "switched");
  const all = [...rest, ...members.filter(({ outcome }) => outcome === "switched")];
  const more = all.length - MOST_MEMBERS;
  return [...all.slice(0, MOST_MEMBERS).map((it) => `• ${memberLine(it)}`), ...(more > 0 ? [`… and ${more} more`] : [])];
}

function memberLine({ name, kind, word, outcome, status, source, target }: MemberStanding): string {
  const what = kind === "instance" ? "" : kind === "unknown" ? `${plain(word, 40)} ` : `${kind.replace("-", " ")} `;
  if (outcome === "switched") return `${what}${code(name)} is switched over${leads(target)}.`;
  const why = status ? ` (${plain(status, 60)})` : "";
  const green = target && target.name !== name ? ` Green's is still called ${code(target.name)}.` : "";
  const not = outcome === "pending" ? "is not switched over yet" : "was *not* switched over";
  return `${what}${code(name)} ${not}${why}: ${source ? `the name still leads to blue's database${version(source)}` : "blue's database is gone"}.${green}`;
}

const leads = (side: SideOfMember | undefined): string => (side?.database ? `: the name leads to${version(side)} now` : "");

const version = ({ database }: SideOfMember): string =>
  database ? ` ${plain(`${database.engine} ${database.engineVersion}`, 60)}`.trimEnd() : "";
