import type { ControlPlane } from "./control-plane.ts";

const BEGINNING = /^arn:[^:]*:rds:([^:]*):([^:]*):/;

/** Moves an ARN of RDS, whatever it names, to the lab's own account and Region; one without a Region stays without. */
export function ownArn({ arnOf, region }: Pick<ControlPlane, "arnOf" | "region">, arn: string): string {
  const account = arnOf("db", "").split(":")[4];
  return arn.replace(BEGINNING, (_beginning, from: string) => `arn:aws:rds:${from && region}:${account}:`);
}

/** True if two ARNs of RDS are of one account and Region. */
export function isBeside(arn: string, other: string): boolean {
  const [, region, account] = BEGINNING.exec(arn) ?? [];
  const [, otherRegion, otherAccount] = BEGINNING.exec(other) ?? [];
  return region !== undefined && region === otherRegion && account === otherAccount;
}
