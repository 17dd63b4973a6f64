import { Token } from "aws-cdk-lib";
import { SETTINGS } from "../src/settings/given.ts";
import { type Kind, refusalOf } from "../src/settings/kinds.ts";
import type { Setting } from "../src/settings/setting.ts";
import { withoutCredentials } from "../src/settings/without-credentials.ts";
import { type BlueGreenGuardProps, PropsError } from "./props.ts";

type PropName = keyof typeof SETTINGS;

/** Each prop's entry in the table of settings. */
export const PROPS: Record<PropName, Setting> = SETTINGS;

type Defaulted = { [Name in PropName]: (typeof SETTINGS)[Name] extends { default: unknown } ? Name : never }[PropName];

/** Props with the defaults filled in. */
export type CompleteProps = BlueGreenGuardProps & Required<Pick<BlueGreenGuardProps, Defaulted>>;

const NAMES = Object.keys(PROPS) as PropName[];

/** Checks what the types cannot, so that a mistake fails at synth and not in AWS, and fills in the defaults. @throws PropsError */
export function completeProps(props: BlueGreenGuardProps): CompleteProps {
  for (const name of NAMES) checkProp(name, props[name]);
  checkTogether(props);
  const defaults = NAMES.filter((name) => props[name] === undefined).map((name) => [name, PROPS[name].default]);
  return { ...props, ...Object.fromEntries(defaults) };
}

/** Checks one prop against the table; a token passes, since only AWS knows its value. @throws PropsError */
function checkProp(name: PropName, value: unknown): void {
  const { kind } = PROPS[name];
  const isLeftOut = value === undefined && name !== "slackChannel";
  if (isLeftOut || isOfTheCdk(kind) || isUnknown(value)) return;
  const refusal = refusalOf(kind, Array.isArray(value) ? value.filter((it) => !Token.isUnresolved(it)) : value);
  if (refusal) throw new PropsError(`${name} takes ${refusal.takes}; received "${withoutCredentials(String(refusal.received))}".`);
}

const isUnknown = (value: unknown): boolean =>
  Token.isUnresolved(value) || (Array.isArray(value) && value.length > 0 && value.every(Token.isUnresolved));

/** True for a prop that takes an object of the CDK, which the CDK checks itself. */
const isOfTheCdk = ({ is }: Kind): boolean => is === "secret" || is === "topic";

function checkTogether({ onDegraded, tagMayRaise, operations }: BlueGreenGuardProps): void {
  if (operations === false && onDegraded === "recreate") {
    throw new PropsError(
      'onDegraded takes "notify" or "ask" where operations is false: nothing is there that recreates; received "recreate".',
    );
  }
  if (operations === false && tagMayRaise) {
    throw new PropsError('tagMayRaise takes false where operations is false: nothing is there that recreates; received "true".');
  }
}
