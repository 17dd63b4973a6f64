import { setTimeout } from "node:timers/promises";
import type { Records } from "../src/clients/records.ts";
import type { Log } from "../src/clients/telemetry.ts";
import { fromEventBridge } from "../src/events/eventbridge.ts";
import { deliveryKey } from "../src/events/rds-event.ts";
import { entryOf } from "../src/facts/posts.ts";
import type { DeploymentRecord } from "../src/facts/record.ts";
import type { Taken } from "../src/telling/filing.ts";
import type { LabEnvelope } from "./rds/events.ts";

/** What happens to an event between RDS and the guard's routes. */
export type Fate = "dropped" | "delayed" | "doubled";

/** One RDS event and what became of it. */
export interface JournalEntry {
  number: number;
  /** Milliseconds since 1970, lab time. */
  at: number;
  envelope: LabEnvelope;
  route?: string;
  signal?: string;
  /** The key of the record that it was written to. */
  key?: string;
  leftOut?: string;
  fate?: Fate;
  /** Why it could not be read. */
  deadLetter?: string;
  /** Slack's ts of the thread entry that reports it. */
  entryTs?: string;
}

const LINK_AFTER_REAL_MS = 200;

/** All events of a lab's day and what became of each, pieced together from what the guard logs and stores. */
export class Journal {
  readonly entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  #linking = false;

  onChange(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** An event is on its way. */
  sent(at: number, envelope: LabEnvelope, route: string | undefined, fate: Fate | undefined): void {
    const entry: JournalEntry = { number: this.entries.length + 1, at, envelope, route, fate };
    this.entries.push(entry);
    this.#tell(entry);
  }

  /** The guard logged what it made of an event, or that it could not read it. */
  heard(message: string, details: Record<string, unknown>): void {
    if (typeof details["body"] === "string") this.#deadLetter(details["body"], message);
    const { event, taken } = details as { event?: Parameters<typeof deliveryKey>[0]; taken?: Taken };
    if (!event || !taken) return;
    const delivery = deliveryKey(event);
    for (const entry of this.entries.filter((it) => deliveryOf(it.envelope) === delivery)) this.#amend(entry, taken);
  }

  /** Links shortly afterwards, once the guard has marked what it reported; several calls in that time count as one. */
  linkSoon(records: Pick<Records, "read">, onError: (error: unknown) => void): void {
    if (this.#linking) return;
    this.#linking = true;
    void setTimeout(LINK_AFTER_REAL_MS, undefined, { ref: false }).then(() => {
      this.#linking = false;
      return this.link(records).catch(onError);
    });
  }

  /** Finds the thread entries of reported events in the guard's records. */
  async link(records: Pick<Records, "read">): Promise<void> {
    const open = this.entries.filter((entry) => entry.key !== undefined && entry.entryTs === undefined);
    for (const key of new Set(open.map((entry) => entry.key ?? ""))) {
      const record = await records.read<DeploymentRecord>(key);
      for (const entry of open.filter((it) => it.key === key)) {
        const delivery = deliveryOf(entry.envelope);
        const fact = record?.facts.find(({ reports }) => reports.some((report) => report.delivery === delivery));
        const entryTs = record && fact && entryOf(record, fact.toldBy ?? fact.id)?.ts;
        if (entryTs !== undefined) this.#amend(entry, { entryTs });
      }
    }
  }

  #deadLetter(body: string, reason: string): void {
    const entry = this.entries.findLast((it) => JSON.stringify(it.envelope) === body);
    if (entry) this.#amend(entry, { deadLetter: reason });
  }

  #amend(entry: JournalEntry, change: Partial<JournalEntry>): void {
    Object.assign(entry, change);
    this.#tell(entry);
  }

  #tell(entry: JournalEntry): void {
    for (const listener of this.#listeners) listener(entry);
  }
}

function deliveryOf(envelope: unknown): string | undefined {
  try {
    return deliveryKey(fromEventBridge(envelope));
  } catch {
    return undefined;
  }
}

/** The same log, with the journal listening. */
export function journalling(log: Log, journal: Journal): Log {
  function listening(kind: keyof Log): Log["info"] {
    return (message, details) => {
      journal.heard(message, details);
      log[kind](message, details);
    };
  }
  return { info: listening("info"), error: listening("error") };
}
