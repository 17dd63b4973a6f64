import type { Construct } from "constructs";
import { write } from "../src/settings/kinds.ts";
import { PLACES } from "../src/settings/places.ts";
import type { Variable } from "../src/settings/read.ts";
import { GUARD } from "../src/settings/table.ts";
import type { CompleteProps } from "./check-props.ts";
import type { Resources } from "./permissions/permissions.ts";
import { secretIdOf } from "./slack-secret.ts";

/** The environment variables that the functions share: the settings from the props, and where to find the stack's resources. */
export function environmentOf(
  scope: Construct,
  { table, events, bus, slackSecret: secret }: Resources,
  props: CompleteProps,
): Record<string, string> {
  const values: Partial<Record<keyof typeof GUARD, unknown>> = { ...props, slackSecret: secretIdOf(scope, secret) };
  const { slackChannel, slackSecret, ...others } = GUARD;
  return {
    ...variablesOf({ slackChannel, slackSecret }, values),
    [PLACES.table.variable]: table.tableName,
    [PLACES.queueUrl.variable]: events.queue.queueUrl,
    [PLACES.deadLettersUrl.variable]: events.deadLetters.queueUrl,
    [PLACES.bus.variable]: bus.eventBusName,
    ...(props.webhookSecret && { [PLACES.allOnBus.variable]: write(true) }),
    ...variablesOf(others, values),
  };
}

function variablesOf<Name extends string>(
  settings: Record<Name, Variable>,
  values: Partial<Record<NoInfer<Name>, unknown>>,
): Record<string, string> {
  const names = (Object.keys(settings) as Name[]).filter((name) => values[name] !== undefined);
  return Object.fromEntries(names.map((name) => [settings[name].variable, write(values[name])]));
}
