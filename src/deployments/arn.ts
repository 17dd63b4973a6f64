/** What an RDS ARN names: `arn:aws:rds:REGION:ACCOUNT:KIND:NAME`. */
export interface RdsName {
  /** `cluster`, `db`, `deployment`, … */
  kind: string;
  name: string;
}

/** Kind and name of an RDS ARN. Source: Service Authorization Reference, Amazon RDS, "Resource types". */
export function rdsName(arn: string): RdsName {
  const [, , , , , kind = "", ...name] = arn.split(":");
  return { kind, name: name.join(":") };
}

const GREEN_SUFFIX = /-green-[a-z0-9]{6}$/;

/** True for a name that RDS gives a green database: `<blue>-green-` and six letters or digits. */
export function isGreenName(name: string): boolean {
  return GREEN_SUFFIX.test(name);
}

/** The blue's name that a green or an old blue is named after; any other name as it is. */
export function blueNameOf(name: string): string {
  return name.replace(isGreenName(name) ? GREEN_SUFFIX : /-old\d+$/, "");
}
