import { duration } from "../../../deployments/time-words.ts";
import type { SideStanding } from "../../../standing/sides.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { ThreadEntry } from "../../../standing/thread-entry.ts";
import { names } from "../standing/sides.ts";
import { lagLine } from "../standing/lag-line.ts";
import { code, plain } from "../../slack/mrkdwn.ts";

/** The input of a switchover's report. */
export type Switched = Pick<ThreadEntry, "reading" | "pauseMs" | "sequences" | "deployment">;

/** What a switchover did: names, engine versions, parameter groups, the write pause and sequences. */
export function switchoverReport({ reading, pauseMs, sequences, deployment }: Switched): string[] {
  const { source, target } = deployment ?? {};
  return [
    ...renamed(reading.blue, reading.green, reading.oldBlue ?? (deployment?.renamed ? source?.name : undefined)),
    ...versions(deployment),
    ...parameterGroups(source, target),
    pauseMs === undefined
      ? "Write pause: not known, since no event told of the start."
      : `Write pause: about ${duration(pauseMs)}, from RDS's event “started” to its event “completed”.`,
    ...(deployment?.lag && deployment.lag.lag.state === "measured" ? [`Before it: ${lagLine(deployment.lag)}`] : []),
    ...sequencesOf(sequences, deployment?.replicationType),
  ];
}

function renamed(blue: string | undefined, green: string | undefined, oldBlue = `${blue}-old1`): string[] {
  if (!blue || !green) return [];
  return [`From ${code(blue)}, now called ${code(oldBlue)}, to ${code(green)}, now called ${code(blue)}.`];
}

function versions({ source: before, target: after, renamed }: Partial<Standing> = {}): string[] {
  if (!before?.database || !after?.database) return [];
  const { engine, engineVersion } = after.database;
  // Under the names from before the switchover, both may be new blue.
  if (engineVersion === before.database.engineVersion)
    return !renamed ? [] : [`Engine: ${plain(engine, 40)} ${plain(engineVersion, 40)}, as before.`];
  return [`Engine: ${plain(engine, 40)} ${plain(before.database.engineVersion, 40)} → ${plain(engineVersion, 40)}.`];
}

function parameterGroups(before: SideStanding | undefined, after: SideStanding | undefined): string[] {
  if (!before?.parameterGroups.length || !after?.parameterGroups.length) return [];
  if (before.parameterGroups.join() === after.parameterGroups.join()) return [];
  return [`Parameter groups: ${names("", before.parameterGroups)} → ${names("", after.parameterGroups)}.`];
}

function sequencesOf(sequences: Switched["sequences"], replication: string | undefined): string[] {
  if (sequences) return [`Sequences: synchronised${sequences.tookMs === undefined ? "" : ` in about ${duration(sequences.tookMs)}`}.`];
  return replication === "logical" ? ["Sequences: no event told that they were synchronised."] : [];
}
