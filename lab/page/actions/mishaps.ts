import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

/** What goes wrong at the databases. */
export function mishapActions({ rds }: Pick<PageOptions, "rds">): Record<string, Action> {
  return {
    ddl: {
      told: true,
      run(input) {
        const database = input.text("database");
        const statement = input.text("statement", 500);
        const harmed = orRefusal(() => rds.runDdl(database, statement));
        const outcome = harmed.length > 0 ? `It ruins ${harmed.join(", ")}.` : "It harms no deployment.";
        return `Somebody runs "${statement}" on ${database}. ${outcome}`;
      },
    },
    "fail-creation": {
      told: true,
      run(input) {
        const reason = input.text("reason", 500);
        rds.faults.failCreation(reason);
        return "The next creation will fail on its way.";
      },
    },
    "stick-creation": {
      told: true,
      run() {
        rds.faults.stickCreation();
        return "The next creation will get stuck.";
      },
    },
    "cancel-switchover": {
      told: true,
      run(input) {
        rds.faults.cancelSwitchover(input.text("reason", 500));
        return "RDS will cancel the next switchover.";
      },
    },
    throttle: {
      told: true,
      run(input) {
        const count = input.number("count", 1, 1_000);
        rds.faults.throttle({ times: count });
        return `The RDS API refuses the next ${calls(count)} as too many; this page's own looks are not among them.`;
      },
    },
  };
}

const calls = (count: number): string => (count === 1 ? "call" : `${count} calls`);

/** The lab throws a plain Error for an unknown database. */
function orRefusal<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}
