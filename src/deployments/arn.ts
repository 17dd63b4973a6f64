/** The kind and name in an RDS ARN, `arn:aws:rds:REGION:ACCOUNT:KIND:NAME`. */
export interface RdsName {
  /** `cluster`, `db`, `deployment`, … */
  kind: string;
  name: string;
}

// A twelfth of the time of judging a standing went into splitting ARNs.
const RESOURCE = /^(?:[^:]*:){5}([^:]*)(?::(.*))?$/s;

/** Reads the kind and name from an RDS ARN. Source: Service Authorization Reference, Amazon RDS, "Resource types". */
export function rdsName(arn: string): RdsName {
  const [, kind = "", name = ""] = RESOURCE.exec(arn) ?? [];
  return { kind, name };
}

const SUFFIXES: readonly (readonly [RegExp, string])[] = [
  [/^cn-/, "amazonaws.com.cn"],
  [/^eusc-/, "amazonaws.eu"],
  [/^us-iso-/, "c2s.ic.gov"],
  [/^us-isob-/, "sc2s.sgov.gov"],
  [/^eu-isoe-/, "cloud.adc-e.uk"],
  [/^us-isof-/, "csp.hci.ic.gov"],
];

/** The suffix of AWS's endpoints in the Region's partition. Source: the SDK's list of partitions. */
export function dnsSuffixOf(region: string): string {
  return SUFFIXES.find(([regions]) => regions.test(region))?.[1] ?? "amazonaws.com";
}

const GREEN_SUFFIX = /-green-[a-z0-9]{6}$/;

/** True for the name that RDS gives a green database: `<blue>-green-` and six letters or digits. */
export function isGreenName(name: string): boolean {
  return GREEN_SUFFIX.test(name);
}

/** Returns the blue name that a green or old blue name derives from, and any other name unchanged. */
export function blueNameOf(name: string): string {
  return name.replace(isGreenName(name) ? GREEN_SUFFIX : /-old\d+$/, "");
}
