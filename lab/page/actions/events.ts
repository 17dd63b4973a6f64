import type { Mishap } from "../../event-way.ts";
import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

const FATES: Record<Mishap, string> = {
  drop: "will be lost on the way to the guard",
  delay: "will come late",
  double: "will come twice",
};

const SOURCE_TYPES = ["BLUE_GREEN_DEPLOYMENT", "CLUSTER", "DB_INSTANCE"] as const;

/** Mishaps of events on their way, and the visitor's own events. */
export function eventActions({ fate, rds }: Pick<PageOptions, "fate" | "rds">): Record<string, Action> {
  return {
    fate: {
      told: true,
      run(input) {
        const kind = input.choice("kind", Object.keys(FATES) as Mishap[]);
        const count = input.number("count", 1, 1_000);
        fate.next(kind, count);
        return `The next ${count === 1 ? "event" : `${count} events`} ${FATES[kind]}.`;
      },
    },
    event: {
      told: true,
      run(input) {
        const sourceType = input.choice("sourceType", SOURCE_TYPES);
        const sourceIdentifier = input.text("source");
        if (!/^[a-z][a-z0-9-]*$/i.test(sourceIdentifier)) {
          throw new InputError(`source must be letters, digits and hyphens, as RDS names things; received "${sourceIdentifier}".`);
        }
        rds.record({ sourceType, sourceIdentifier, message: input.text("message", 2_000) });
        return `RDS sends an event of ${sourceIdentifier} with a visitor's words.`;
      },
    },
  };
}
