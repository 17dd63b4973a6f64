import type { SideStanding } from "../../../standing/sides.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Switched } from "../../advice-shape.ts";
import type { Form } from "../../form.ts";
import { duration } from "../durations.ts";
import { lagLine } from "../standing/lag-line.ts";
import { names } from "../standing/names.ts";

/** What a switchover did: names, engine versions, parameter groups, how long it took, and sequences. */
export function switchoverReport({ reading, pauseMs, sequences, deployment }: Switched, as: Form): string[] {
  const { source, target } = deployment ?? {};
  return [
    ...renamed(reading, deployment, as),
    ...versions(deployment, as),
    ...parameterGroups(source, target, as),
    pauseMs === undefined
      ? "How long the switchover took is not known, since no event told of the start."
      : `The switchover took about ${duration(pauseMs)}, from RDS's event “started” to its event “completed”. Writes were refused for a part of that.`,
    ...(deployment?.lag && deployment.lag.lag.state === "measured" ? [`Before it: ${lagLine(deployment.lag, as)}`] : []),
    ...sequencesOf(sequences, deployment?.replicationType),
  ];
}

function renamed({ blue, green, oldBlue }: Switched["reading"], deployment: Standing | undefined, as: Form): string[] {
  if (!blue || !green) return [];
  const old = oldBlue ?? (deployment?.renamed ? deployment.source.name : undefined) ?? `${blue}-old1`;
  return [`From ${as.code(blue)}, now called ${as.code(old)}, to ${as.code(green)}, now called ${as.code(blue)}.`];
}

function versions({ source: before, target: after, renamed }: Partial<Standing> = {}, as: Form): string[] {
  if (!before?.database || !after?.database) return [];
  const { engine, engineVersion } = after.database;
  // Under the names from before the switchover, both may be new blue.
  if (engineVersion === before.database.engineVersion)
    return !renamed ? [] : [`Engine: ${as.text(engine, 40)} ${as.text(engineVersion, 40)}, as before.`];
  return [`Engine: ${as.text(engine, 40)} ${as.text(before.database.engineVersion, 40)} → ${as.text(engineVersion, 40)}.`];
}

function parameterGroups(before: SideStanding | undefined, after: SideStanding | undefined, as: Form): string[] {
  if (!before?.parameterGroups.length || !after?.parameterGroups.length) return [];
  if (before.parameterGroups.join() === after.parameterGroups.join()) return [];
  return [`Parameter groups: ${names("", before.parameterGroups, as)} → ${names("", after.parameterGroups, as)}.`];
}

function sequencesOf(sequences: Switched["sequences"], replication: string | undefined): string[] {
  if (sequences) return [`Sequences: synchronised${sequences.tookMs === undefined ? "" : ` in about ${duration(sequences.tookMs)}`}.`];
  return replication === "logical" ? ["Sequences: no event told that they were synchronised."] : [];
}
