import { DEFAULTS, VARIABLES } from "../src/settings/settings.ts";
import { POWERTOOLS } from "./metrics.ts";
import type { Resources } from "./permissions/permissions.ts";
import type { BlueGreenGuardProps } from "./props.ts";

/** The environment variables that every function is given. */
export function environmentOf({ table, events, bus, slackSecret }: Resources, props: BlueGreenGuardProps): Record<string, string> {
  return {
    [VARIABLES.slackChannel]: props.slackChannel,
    [VARIABLES.slackSecret]: slackSecret.secretArn,
    [VARIABLES.table]: table.tableName,
    [VARIABLES.queueUrl]: events.queue.queueUrl,
    [VARIABLES.deadLettersUrl]: events.deadLetters.queueUrl,
    [VARIABLES.bus]: bus.eventBusName,
    [VARIABLES.watch]: props.watch ?? DEFAULTS.watch,
    [VARIABLES.stuckAfterHours]: String(props.stuckAfterHours ?? DEFAULTS.stuckAfterHours),
    [VARIABLES.onDegraded]: props.onDegraded ?? DEFAULTS.onDegraded,
    [VARIABLES.settleMinutes]: String(props.settleMinutes ?? DEFAULTS.settleMinutes),
    [VARIABLES.maxRecreatesPerDay]: String(props.maxRecreatesPerDay ?? DEFAULTS.maxRecreatesPerDay),
    [VARIABLES.tagMayRaise]: String(props.tagMayRaise ?? DEFAULTS.tagMayRaise),
    [VARIABLES.operations]: String(props.operations ?? true),
    [VARIABLES.commands]: String(props.commands ?? true),
    [VARIABLES.operators]: (props.operators ?? []).join(","),
    [VARIABLES.approvals]: String(props.approvals ?? DEFAULTS.approvals),
    [VARIABLES.channels]: (props.commandChannels ?? []).join(","),
    ...POWERTOOLS,
  };
}
