import type { SideSummary, Summary } from "../deployments/summary.ts";
import { code, plain } from "./mrkdwn.ts";

const MOST_NAMES = 6;

/** The two sides of a deployment, a text each: name, engine version, status, parameter groups, members. */
export function blueAndGreen({ phase, source, target }: Summary): string[] {
  return phase === "switched-over"
    ? [side("New blue (was green, production now)", target), side("Old blue", source)]
    : [side("Blue (production)", source), side("Green", target)];
}

function side(title: string, summary: SideSummary | undefined): string {
  if (!summary) return `*${title}*\nnot there yet`;
  const { name, database, parameterGroups, members } = summary;
  const lines = [
    `*${title}*`,
    code(name),
    database ? plain(`${database.engine} ${database.engineVersion} · ${database.status}`, 120) : "does not exist",
    listed("parameter groups", parameterGroups),
    listed("members", members),
  ];
  return lines.filter((line) => line !== "").join("\n");
}

/** A list of names after what they are; empty where there is none. */
export function listed(what: string, names: string[]): string {
  if (names.length === 0) return "";
  const shown = names.slice(0, MOST_NAMES).map((name) => code(name));
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : "";
  return `${what}: ${shown.join(", ")}${more}`;
}
