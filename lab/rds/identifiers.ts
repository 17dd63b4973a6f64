/** Where chance comes from: a number from 0 (included) to 1 (excluded), like Math.random. */
export type Random = () => number;

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const DIGITS = "0123456789";

/** Makes identifiers of the forms that AWS's samples show. Source: RDS API reference, samples; RDS User Guide, blue/green deployments. */
export interface Identifiers {
  /** `bgd-` and 16 lower-case letters or digits. */
  deployment(): string;
  /** What follows `-green-`: 6 lower-case letters or digits. */
  greenSuffix(): string;
  /** `cluster-` and 26 upper-case letters or digits; it never changes. */
  clusterResource(): string;
  /** `db-` and 26 upper-case letters or digits; it never changes. */
  instanceResource(): string;
  /** `cluster-endpoint-` and 26 upper-case letters or digits; it never changes. */
  endpointResource(): string;
  /** The 12 characters that all endpoints of an account and Region share. */
  endpointHash(): string;
  uuid(): string;
}

/** Identifiers drawn from `random`: the same numbers give the same identifiers. */
export function createIdentifiers(random: Random): Identifiers {
  const draw = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(Math.floor(random() * alphabet.length))).join("");
  const lower = (length: number): string => draw(LETTERS + DIGITS, length);
  const upper = (length: number): string => draw(LETTERS.toUpperCase() + DIGITS, length);
  const hex = (length: number): string => draw(`${DIGITS}abcdef`, length);
  return {
    deployment: () => `bgd-${lower(16)}`,
    greenSuffix: () => lower(6),
    clusterResource: () => `cluster-${upper(26)}`,
    instanceResource: () => `db-${upper(26)}`,
    endpointResource: () => `cluster-endpoint-${upper(26)}`,
    endpointHash: () => `c${lower(11)}`,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${draw("89ab", 1)}${hex(3)}-${hex(12)}`,
  };
}

/** The three kinds of RDS resource that the lab knows, in the words of their ARNs. */
export type ResourceKind = "cluster" | "db" | "deployment";

/** Makes the ARN of a resource, a custom endpoint or a parameter group in one account and Region. */
export type ArnOf = (kind: ResourceKind | "cluster-endpoint" | "cluster-pg" | "pg", identifier: string) => string;

/** ARNs of one account and Region, e.g. `arn:aws:rds:ap-northeast-1:123456789012:cluster:orders`. */
export function arnsOf(region: string, account: string): ArnOf {
  return (kind, identifier) => `arn:aws:rds:${region}:${account}:${kind}:${identifier}`;
}

/** The name in an ARN of that kind, or the text itself if it is not an ARN; in lower case, as RDS stores names. */
export function nameOf(kind: ResourceKind, identifierOrArn: string): string {
  const parts = identifierOrArn.split(":");
  const name = parts[0] === "arn" && parts[5] === kind ? parts.slice(6).join(":") : identifierOrArn;
  return name.toLowerCase();
}
