import type { TestLab } from "../../../support/lab/stage.ts";
import type { Changed, Ports } from "./recreate-with.ts";

export const MINUTE = 60_000;

/** RDS, but for what changes anything before, fails for some minutes from the time when `last` was answered. */
export function rdsFails(minutes: number, last: "deleteWithGreen" | "create", error: Error) {
  return ({ rds }: Ports, { clock }: TestLab): Changed => {
    let from = Number.NEGATIVE_INFINITY;
    const through =
      (name: string, call: (...args: unknown[]) => Promise<unknown>) =>
      async (...args: unknown[]) => {
        if (clock.now() < from + minutes * MINUTE) throw error;
        const answer = await call(...args);
        if (name === last) from = clock.now();
        return answer;
      };
    return Object.fromEntries(Object.entries(rds).map(([name, call]) => [name, through(name, call as never)]));
  };
}

/** The records fail for some minutes, from shortly after the deletion. */
export function recordsFail(minutes: number, error: Error) {
  return ({ rds, records }: Ports, { clock }: TestLab): Changed => {
    let at = Number.POSITIVE_INFINITY;
    const check = () => {
      if (clock.now() >= at && clock.now() < at + minutes * MINUTE) throw error;
    };
    return {
      async deleteWithGreen(id) {
        await rds.deleteWithGreen(id);
        at = clock.now() + 25_000;
      },
      records: {
        async read(key) {
          check();
          return records.read(key);
        },
        async write(item, open) {
          check();
          return records.write(item, open);
        },
      },
    };
  };
}
