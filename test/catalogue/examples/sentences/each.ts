import type { Coded } from "../../../../src/deployments/coded.ts";

/** Example data for every code, so that a new code has to have some: several where its words are more than one sentence. */
export type Each<Codes> = { readonly [Code in keyof Codes]: Codes[Code] | readonly Codes[Code][] };

/** Every code with each of its data. */
export const coded = <Codes extends object>(each: Each<Codes>): Coded<Codes>[] =>
  Object.entries(each as Record<string, object>).flatMap(([code, data]) => [data].flat().map((it) => ({ code, ...it }))) as Coded<Codes>[];

/** What the examples are about: the recorded upgrade, as it was before its switchover, and who asks. */
export const AT = "2024-02-05T11:41:00.000Z";
export const ONCALL = { name: "oncall", id: "U0ONCALL" };
export const DEPLOYMENT = { id: "bgd-hy5ntvomddiv89r8", name: "blue-green" };
export const NEW = { id: "bgd-cavqrityavom8edj", name: "blue-green-00000001" };
export const ARN = "arn:aws:rds:ap-northeast-1:123456789012:cluster:db-cluster";
export const [BLUE, WRITER] = ["db-cluster", "db-instance-writer"];
export const [GREEN, GREEN_WRITER] = ["db-cluster-green-ak5mgh", "db-instance-writer-green-8n9hio"];
