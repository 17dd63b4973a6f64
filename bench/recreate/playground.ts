import type { Playground } from "../playground.ts";
import { startProcess } from "../processes.ts";

/** A call that the make-believe RDS received, or an event that it published. */
export interface Moment {
  /** Milliseconds since 1970, of its virtual clock. */
  at: number;
  /** The action of a call, or the text of an event. */
  what: string;
}

/** What happened in the playground since it was opened. */
export interface Timeline {
  /** The calls of RDS that were accepted, in their order. */
  calls: Moment[];
  /** The events of deployments, in their order. */
  events: Moment[];
}

/** A playground with one deployment that an ALTER TABLE has ruined, on a virtual clock that is controlled from outside. */
export interface RuinedPlayground extends Pick<Playground, "url" | "channel" | "now"> {
  deploymentId: string;
}

/** An open playground. */
export interface OpenRuinedPlayground extends RuinedPlayground {
  /** Moves its clock to a time, milliseconds since 1970; resolves once everything that is due there by then has happened. */
  lead(at: number): Promise<unknown>;
  /** The RDS events that came to the guard's routes since the last request for them. */
  events(): Promise<object[]>;
  timeline(): Promise<Timeline>;
  close(): void;
}

/** Opens a playground in which the next creation takes this many minutes, as the recorded one (31) if left out, on the core `cpu`. */
export async function openRuinedPlayground(minutes: number | undefined, cpu: number | undefined): Promise<OpenRuinedPlayground> {
  const process = startProcess("recreate/playground-process.ts", minutes === undefined ? [] : [String(minutes)], cpu);
  const playground = (await process.next()) as RuinedPlayground;
  async function ask(question: { until?: number; events?: boolean }): Promise<unknown> {
    process.send(question);
    return process.next();
  }
  return {
    ...playground,
    lead: (until) => ask({ until }),
    events: async () => (await ask({ events: true })) as object[],
    timeline: async () => (await ask({})) as Timeline,
    close: () => void process.end(),
  };
}
