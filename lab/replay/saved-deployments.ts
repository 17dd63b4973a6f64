import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import * as z from "zod";
import { BrokenFileError, firstIssue } from "./broken-file-error.ts";
import { savedText } from "./saved-file.ts";
import { elementsOf, savedValues } from "./saved-values.ts";

const optional = z
  .string()
  .nullish()
  .transform((text) => text || undefined);
const date = z.iso
  .datetime({ offset: true })
  .nullish()
  .transform((text) => (text ? new Date(text) : undefined));
const databaseArn = z
  .string()
  .regex(
    /^arn:[^:]+:rds:[^:]*:[^:]*:(cluster|db):[^:]+$/,
    "not the ARN of a DB cluster or a DB instance (arn:aws:rds:REGION:ACCOUNT:cluster:NAME)",
  );
const memberArn = z
  .union([
    z.string().regex(/^arn:[^:]+:rds:[^:]*:[^:]*:[^:]+:.+$/, "not an ARN of RDS (arn:aws:rds:REGION:ACCOUNT:KIND:NAME)"),
    z.literal(""),
  ])
  .nullish()
  .transform((arn) => arn || undefined);
const listOf = <T extends z.ZodType>(element: T) =>
  z
    .array(element)
    .nullish()
    .transform((list) => list ?? []);

/** What the guard uses of DescribeBlueGreenDeployments' answer. Source: RDS API, `BlueGreenDeployment`. */
const deploymentSchema = z.object({
  BlueGreenDeploymentIdentifier: z.string().min(1),
  BlueGreenDeploymentName: optional,
  Source: databaseArn,
  Target: z
    .union([databaseArn, z.literal("")])
    .nullish()
    .transform((arn) => arn || undefined),
  SwitchoverDetails: listOf(z.object({ SourceMember: memberArn, TargetMember: memberArn, Status: optional })),
  Tasks: listOf(z.object({ Name: optional, Status: optional })),
  Status: z.string().min(1),
  StatusDetails: optional,
  CreateTime: date,
  DeleteTime: date,
  TagList: listOf(z.object({ Key: optional, Value: optional })),
});

/**
 * The deployments of a saved answer of DescribeBlueGreenDeployments, or of an array of them.
 *
 * @throws UsageError for a file that cannot be read.
 * @throws BrokenFileError for one in which anything is wrong.
 */
export async function savedDeployments(file: string): Promise<BlueGreenDeployment[]> {
  const values = savedValues(file, await savedText(file)).flatMap((value) => elementsOf(value, ["BlueGreenDeployments"]));
  return values.map(({ value, position }) => {
    const parsed = deploymentSchema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw new BrokenFileError(file, position, `not a deployment as DescribeBlueGreenDeployments answers it: ${firstIssue(parsed.error)}.`);
  });
}
