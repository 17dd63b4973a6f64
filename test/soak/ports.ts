import type { Kept } from "../../local/records-memory.ts";
import type { RdsChanges } from "../../src/clients/rds/changes.ts";
import type { Rds } from "../../src/clients/rds/rds.ts";
import type { Records } from "../../src/clients/records.ts";
import type { Call, Monitor, RunInfo } from "./monitor.ts";

const LATER = /Throttl|ExpiredToken/;

/** The changes as the monitor hears of them; `make` makes a call of RDS, or lets it fail. */
export function heardChanges(
  changes: RdsChanges,
  info: RunInfo,
  monitor: Monitor,
  make: <T>(call: () => Promise<T>) => Promise<T>,
): RdsChanges {
  const heard = async <T>(call: Call, of: string, ask: () => Promise<T>): Promise<T> => {
    const asked = monitor.asking(call, of, info);
    try {
      return await make(ask);
    } catch (error) {
      const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
      const status = $metadata?.httpStatusCode ?? 0;
      if (status >= 400 && status < 500) asked.refused = LATER.test(name) ? "for now" : "for good";
      throw error;
    }
  };
  return {
    unprotect: (database) => heard("unprotect", database.name, () => changes.unprotect(database)),
    deleteWithGreen: (id) => heard("deleteWithGreen", id, () => changes.deleteWithGreen(id)),
    create: (input) => heard("create", input.Source ?? "", () => changes.create(input)),
    switchOver: (id, seconds) => heard("switchOver", id, () => changes.switchOver(id, seconds)),
  };
}

/** The reads, of which is noted what they showed; a deployment for which `isHidden` is left out of an answer. */
export function heardReads<R extends Rds>(rds: R, info: RunInfo, isHidden: (id: string) => boolean): R {
  return {
    ...rds,
    async deployment(id) {
      const shown = isHidden(id) ? undefined : await rds.deployment(id);
      info.shown.set(id, shown);
      return shown;
    },
  };
}

/** The records, of which the monitor hears what is written. */
export function heardRecords(records: Records, kept: ReadonlyMap<string, Kept>, info: RunInfo, monitor: Monitor): Records {
  return {
    ...records,
    async write(item, open) {
      const before = kept.get(item.key)?.item;
      const isWritten = await records.write(item, open);
      const after = kept.get(item.key)?.item;
      if (isWritten && after) monitor.wrote(before, after, info);
      return isWritten;
    },
  };
}

/** The records, of which is noted that a call failed. */
export function remembered(records: Records, info: RunInfo): Records {
  const noted = async <T>(call: Promise<T>): Promise<T> => {
    try {
      return await call;
    } catch (error) {
      info.isForgetful = true;
      throw error;
    }
  };
  return {
    read: (key) => noted(records.read(key)),
    write: (item, open) => noted(records.write(item, open)),
    reserve: (...asked) => noted(records.reserve(...asked)),
    open: (options) => noted(records.open(options)),
  };
}
