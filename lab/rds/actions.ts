import {
  CreateBlueGreenDeployment$,
  DeleteBlueGreenDeployment$,
  DescribeBlueGreenDeployments$,
  DescribeDBClusterEndpoints$,
  DescribeDBClusterParameterGroups$,
  DescribeDBClusterParameters$,
  DescribeDBClusters$,
  DescribeDBEngineVersions$,
  DescribeDBInstances$,
  DescribeDBParameterGroups$,
  DescribeDBParameters$,
  DescribeEvents$,
  ModifyDBCluster$,
  ModifyDBInstance$,
  SwitchoverBlueGreenDeployment$,
} from "@aws-sdk/client-rds";
import type { StaticOperationSchema } from "@smithy/types";
import { createDeployment } from "./change/create.ts";
import { deleteDeployment } from "./change/delete.ts";
import { modifyCluster, modifyInstance } from "./change/modify.ts";
import { switchDeployment } from "./change/switchover.ts";
import type { ControlPlane } from "./control-plane.ts";
import { describeClusters, describeDeployments, describeInstances } from "./describe/describe.ts";
import { describeClusterEndpoints } from "./describe/endpoints.ts";
import { describeEngineVersions } from "./describe/engine-versions.ts";
import { describeEvents } from "./describe/events.ts";
import { describeClusterGroups, describeClusterParameters, describeGroups, describeParameters } from "./describe/parameters.ts";

/** One action of the RDS API: its schema reads the request and writes the answer. */
export interface Action {
  readonly schema: StaticOperationSchema;
  /** @throws RdsError what AWS would refuse the request with. */
  answer(control: ControlPlane, request: unknown): unknown;
}

/** The actions that the lab serves, by name. */
export const ACTIONS: ReadonlyMap<string, Action> = new Map(
  [
    action(CreateBlueGreenDeployment$, createDeployment),
    action(DeleteBlueGreenDeployment$, deleteDeployment),
    action(DescribeBlueGreenDeployments$, describeDeployments),
    action(DescribeDBClusterEndpoints$, describeClusterEndpoints),
    action(DescribeDBClusterParameterGroups$, describeClusterGroups),
    action(DescribeDBClusterParameters$, describeClusterParameters),
    action(DescribeDBClusters$, describeClusters),
    action(DescribeDBEngineVersions$, describeEngineVersions),
    action(DescribeDBInstances$, describeInstances),
    action(DescribeDBParameterGroups$, describeGroups),
    action(DescribeDBParameters$, describeParameters),
    action(DescribeEvents$, describeEvents),
    action(ModifyDBCluster$, modifyCluster),
    action(ModifyDBInstance$, modifyInstance),
    action(SwitchoverBlueGreenDeployment$, switchDeployment),
  ].map((served) => [served.schema[2], served]),
);

/** The schema has read the request, so it has the shape that the action's own type says. */
function action<Request>(schema: StaticOperationSchema, answer: (control: ControlPlane, request: Request) => unknown): Action {
  return { schema, answer: (control, request) => answer(control, request as Request) };
}
