import type { SideSummary, Summary } from "../facts/summary.ts";
import { code, plain } from "./mrkdwn.ts";

const MOST_NAMES = 6;

/** The two sides of a deployment, one text each: name, engine version, status, parameter groups, members. */
export function blueAndGreen({ switched, exists, source, target }: Summary): string[] {
  return switched
    ? [side("New blue (was green, production now)", target, exists), side("Old blue", source, exists)]
    : [side("Blue (production)", source, exists), side("Green", target, exists)];
}

function side(title: string, summary: SideSummary | undefined, exists: boolean): string {
  if (!summary) return `*${title}*\n${exists ? "not there yet" : "was not there yet"}`;
  const { name, database, parameterGroups, members } = summary;
  const lines = [
    `*${title}*`,
    code(name),
    // The guard no longer polls a deployment that is gone, so the status would be stale.
    database ? plain(`${database.engine} ${database.engineVersion}${exists ? ` · ${database.status}` : ""}`, 120) : "does not exist",
    names("parameter groups: ", parameterGroups),
    names("members: ", members),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** The first few names, between `before` and `after`; empty if there are none. */
export function names(before: string, all: string[], after = ""): string {
  if (all.length === 0) return "";
  const shown = all.slice(0, MOST_NAMES).map((name) => code(name));
  const more = all.length > MOST_NAMES ? ` and ${all.length - MOST_NAMES} more` : "";
  return `${before}${shown.join(", ")}${more}${after}`;
}
