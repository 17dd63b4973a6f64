import type { AskedFields, Missing } from "./settled.ts";

/** How a person at a terminal asks for a field of the new deployment. */
export interface AskedField {
  /** The option of `bluegreen-guard recreate`, without its hyphens. */
  option: string;
  /** What stands for the option's value in usage texts. */
  placeholder: string;
  /** What RDS takes. Source: RDS API, CreateBlueGreenDeployment, request parameters. */
  pattern: RegExp;
}

const GROUP = { placeholder: "GROUP", pattern: /^[A-Za-z][0-9A-Za-z.-]{0,254}$/ };

/** The fields that a person can ask for, in the order of the plan. */
export const ASKED_FIELDS: Readonly<Record<keyof AskedFields, AskedField>> = {
  targetEngineVersion: {
    option: "target-engine-version",
    placeholder: "VERSION",
    pattern: /^[0-9A-Za-z_.-]{1,64}$/,
  },
  targetDBClusterParameterGroupName: { option: "target-cluster-parameter-group", ...GROUP },
  targetDBParameterGroupName: { option: "target-parameter-group", ...GROUP },
};

/** The names of these fields. */
export const ASKED_FIELD_NAMES = Object.keys(ASKED_FIELDS) as (keyof AskedFields)[];

/** The options to type: what was asked for, and a placeholder for each field that is missing. */
export function askedOptions(asked: AskedFields, missing: readonly Missing[] = []): string {
  const isMissing = (name: keyof AskedFields) => missing.some(({ field }) => field === name);
  return ASKED_FIELD_NAMES.flatMap((name) => {
    const value = asked[name] ?? (isMissing(name) ? ASKED_FIELDS[name].placeholder : undefined);
    return value === undefined ? [] : [`--${ASKED_FIELDS[name].option} ${value}`];
  }).join(" ");
}
