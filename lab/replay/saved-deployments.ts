import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import * as v from "valibot";
import { timestamp } from "../../src/events/eventbridge.ts";
import { BrokenFileError, firstIssue } from "./broken-file-error.ts";
import { otherPlace } from "./other-place.ts";
import { savedText } from "./saved-file.ts";
import { elementsOf, placeOf, savedValues } from "./saved-values.ts";

const optional = v.pipe(
  v.nullish(v.string()),
  v.transform((text) => text || undefined),
);
const date = v.pipe(
  v.nullish(timestamp),
  v.transform((text) => (text ? new Date(text) : undefined)),
);
const databaseArn = v.pipe(
  v.string(),
  v.regex(
    /^arn:[^:]+:rds:[^:]*:[^:]*:(cluster|db):[^:]+$/,
    "not the ARN of a DB cluster or a DB instance (arn:aws:rds:REGION:ACCOUNT:cluster:NAME)",
  ),
);
const memberArn = v.pipe(
  v.string(),
  v.regex(/^arn:[^:]+:rds:[^:]*:[^:]*:[^:]+:.+$/, "not an ARN of RDS (arn:aws:rds:REGION:ACCOUNT:KIND:NAME)"),
);
const orNone = (arn: v.GenericSchema<string>) =>
  v.pipe(
    v.nullish(v.union([v.literal(""), arn])),
    v.transform((text) => text || undefined),
  );
const listOf = <T extends v.GenericSchema>(element: T) =>
  v.pipe(
    v.nullish(v.array(element)),
    v.transform((list) => list ?? []),
  );

/** What the guard uses of DescribeBlueGreenDeployments' answer. Source: RDS API, `BlueGreenDeployment`. */
const deploymentSchema = v.object({
  BlueGreenDeploymentIdentifier: v.pipe(v.string(), v.minLength(1)),
  BlueGreenDeploymentName: optional,
  Source: databaseArn,
  Target: orNone(databaseArn),
  SwitchoverDetails: listOf(v.object({ SourceMember: orNone(memberArn), TargetMember: orNone(memberArn), Status: optional })),
  Tasks: listOf(v.object({ Name: optional, Status: optional })),
  Status: v.pipe(v.string(), v.minLength(1)),
  StatusDetails: optional,
  CreateTime: date,
  DeleteTime: date,
  TagList: listOf(v.object({ Key: optional, Value: optional })),
});

/**
 * The deployments of a saved answer of DescribeBlueGreenDeployments, or of an array of them.
 *
 * @throws BrokenFileError for a file that cannot be read, or in which anything is wrong.
 */
export async function savedDeployments(file: string): Promise<BlueGreenDeployment[]> {
  const values = savedValues(file, await savedText(file)).flatMap((value) => elementsOf(file, value, ["BlueGreenDeployments"]));
  return values.map((saved) => {
    const parsed = v.safeParse(deploymentSchema, saved.value);
    if (parsed.success) return parsed.output;
    const what = `not a deployment as DescribeBlueGreenDeployments answers it: ${firstIssue(parsed.issues)}.`;
    throw new BrokenFileError(file, placeOf(saved), what + otherPlace(saved.value, "deployments"));
  });
}
