import { createExecutions } from "../../../src/clients/executions.ts";
import { deskAt } from "../../../src/handlers/connect.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { markDecided } from "../../../src/operations/claim.ts";
import { putOnBus } from "../../../src/operations/end.ts";
import { markForced } from "../../../src/operations/settle.ts";
import { wake } from "../../../src/operations/waiting/wake.ts";
import { terminalCommand } from "../../../src/plans/command-lines.ts";
import { awsHere } from "../aws-here.ts";
import type { Guard } from "./guard.ts";

/**
 * The guard that is deployed in the account: it gets the request through its table and its event bus, and its table shows the progress. `now`
 * is AWS's time in milliseconds since 1970: the guard reckons with what is written down here.
 */
export function deployedGuard(table: string, bus: string, now: () => number): Guard {
  const aws = awsHere();
  const { records, bus: events } = deskAt({ table, bus }, aws);
  const executions = createExecutions(aws);
  return {
    words: words.PLACES.deployed(table, bus, inTerminal),
    isHere: false,
    records,
    whyNotBegin: async () => undefined,
    begin: (operation, requestId) => putOnBus(operation, requestId, { bus: events, records, now }),
    // A person's role cannot ask Lambda: the guard itself asks when it starts, and releases what a dead execution held.
    isRunning: async () => true,
    ownerOf: (execution) => executions.ownerOf(execution),
    // The guard's own sweep stops the execution and releases the database: a person's role cannot.
    async force(requestId, by, seen) {
      const { usedBy = "" } = await markForced(requestId, by, seen, { records, now });
      return executions.ownerOf(usedBy);
    },
    decide: (requestId, by) => markDecided(requestId, by, { records, now }).then(() => undefined),
    goOn: async () => undefined,
    wake: (request) => wake(request, executions),
    hear: async () => undefined,
    ended: async () => undefined,
    commandToGoOn: terminalCommand,
    commandToCancel: (name) => terminalCommand("cancel", name),
    close: async () => undefined,
  };
}
