import { Token } from "aws-cdk-lib";
import { type Kind, refusalOf } from "../src/settings/kinds.ts";
import { GUARD, type Setting, STACK } from "../src/settings/table.ts";
import { type BlueGreenGuardProps, PropsError } from "./props.ts";

const TABLE = { ...GUARD, ...STACK };

type PropName = keyof typeof TABLE;

/** Each prop's entry in the table of settings. */
export const PROPS: Record<PropName, Setting> = TABLE;

type Defaulted = { [Name in PropName]: (typeof TABLE)[Name] extends { default: unknown } ? Name : never }[PropName];

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
export function checkProp(name: PropName, value: unknown): void {
  const isLeftOut = value === undefined && name !== "slackChannel";
  if (isLeftOut || Token.isUnresolved(value)) return;
  const refusal = refusalOf(withTokens(PROPS[name].kind), value);
  if (refusal) throw new PropsError(`${name} takes ${refusal.takes}; received "${refusal.received}".`);
}

function withTokens(kind: Kind): Kind {
  return kind.is === "list" ? { ...kind, fits: (text) => Token.isUnresolved(text) || kind.fits(text) } : kind;
}

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
