import { Grant, type IGrantable, type PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { BUS_SOURCE, OPEN_INDEX, REQUESTED } from "../src/clients/names.ts";
import { PLANNING_PERMISSIONS } from "../src/operations/recreate/permissions.ts";
import { executionsOf, type Operations, WAKE } from "./operations.ts";
import { statementsOf } from "./permissions/operations.ts";
import { allow, type Resources, readDeployments, readLag } from "./permissions/permissions.ts";

/** Permissions that a person needs to ask the deployed guard for an operation at a terminal and to follow it. */
export function operatorPermissions(scope: Construct, { table, bus }: Resources, { functions }: Operations): PolicyStatement[] {
  return [
    allow("ReadRecords", ["dynamodb:GetItem"], [table.tableArn]),
    allow("FindOpenRecords", ["dynamodb:Query"], [`${table.tableArn}/index/${OPEN_INDEX}`]),
    allow("WriteRequests", ["dynamodb:PutItem"], [table.tableArn], everyValue({ "dynamodb:LeadingKeys": "request#*" }, "StringLike")),
    allow(
      "RequestOperations",
      ["events:PutEvents"],
      [bus.eventBusArn],
      everyValue({ "events:source": BUS_SOURCE, "events:detail-type": Object.values(REQUESTED) }, "StringEquals"),
    ),
    allow("AskForExecutions", ["lambda:GetDurableExecution", WAKE], executionsOf(Object.values(functions))),
    readDeployments(scope),
    readLag(),
    ...statementsOf(scope, PLANNING_PERMISSIONS),
  ];
}

/** A condition that holds for a key with one or more values; `ForAllValues` alone also holds for a missing key. */
function everyValue(
  values: Record<string, string | string[]>,
  operator: "StringLike" | "StringEquals",
): Record<string, Record<string, string | string[]>> {
  const present = Object.fromEntries(Object.keys(values).map((key) => [key, "false"]));
  return { [`ForAllValues:${operator}`]: values, Null: present };
}

/** Grants all statements to the grantee. @throws Error for one that has no policies, such as a service. */
export function grantAll(grantee: IGrantable, statements: readonly PolicyStatement[]): Grant {
  const grants = statements.map(({ actions, resources, conditions }) =>
    Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions }),
  );
  for (const grant of grants) grant.assertSuccess();
  return grants.reduce((all, grant) => all.combine(grant));
}
