import type {
  DBClusterParameterGroupDetails,
  DBClusterParameterGroupsMessage,
  DBParameterGroupDetails,
  DBParameterGroupsMessage,
  DescribeDBClusterParameterGroupsMessage,
  DescribeDBClusterParametersMessage,
  DescribeDBParameterGroupsMessage,
  DescribeDBParametersMessage,
  Filter,
  Parameter,
} from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import type { GroupKind, ParameterGroup } from "../parameter-groups.ts";
import { checkFilters, paged, passes } from "./paging.ts";

/** DescribeDBClusterParameterGroups. */
export function describeClusterGroups(
  control: ControlPlane,
  request: DescribeDBClusterParameterGroupsMessage,
): DBClusterParameterGroupsMessage {
  const { page, Marker } = pageOfGroups(control, "cluster", request.DBClusterParameterGroupName, request);
  const DBClusterParameterGroups = page.map(({ name, family }) => ({
    DBClusterParameterGroupName: name,
    DBParameterGroupFamily: family,
    Description: name,
    DBClusterParameterGroupArn: control.arnOf("cluster-pg", name),
  }));
  return { DBClusterParameterGroups, Marker };
}

/** DescribeDBParameterGroups. */
export function describeGroups(control: ControlPlane, request: DescribeDBParameterGroupsMessage): DBParameterGroupsMessage {
  const { page, Marker } = pageOfGroups(control, "db", request.DBParameterGroupName, request);
  const DBParameterGroups = page.map(({ name, family }) => ({
    DBParameterGroupName: name,
    DBParameterGroupFamily: family,
    Description: name,
    DBParameterGroupArn: control.arnOf("pg", name),
  }));
  return { DBParameterGroups, Marker };
}

/** DescribeDBClusterParameters, of the few parameters that the lab has. */
export function describeClusterParameters(
  control: ControlPlane,
  request: DescribeDBClusterParametersMessage,
): DBClusterParameterGroupDetails {
  return pageOfParameters(control.parameterGroups.existing("cluster", request.DBClusterParameterGroupName ?? ""), request);
}

/** DescribeDBParameters, of the few parameters that the lab has. */
export function describeParameters(control: ControlPlane, request: DescribeDBParametersMessage): DBParameterGroupDetails {
  return pageOfParameters(control.parameterGroups.existing("db", request.DBParameterGroupName ?? ""), request);
}

function pageOfGroups(
  { parameterGroups }: ControlPlane,
  kind: GroupKind,
  asked: string | undefined,
  request: { Filters?: Filter[]; MaxRecords?: number; Marker?: string },
): { page: ParameterGroup[]; Marker?: string } {
  checkFilters(request.Filters, []);
  const found = asked === undefined ? parameterGroups.all(kind) : [parameterGroups.existing(kind, asked)];
  return paged(found, ({ name }) => name, request);
}

function pageOfParameters(
  { name: group, parameters }: ParameterGroup,
  request: { Source?: string; Filters?: Filter[]; MaxRecords?: number; Marker?: string },
): { Parameters: Parameter[]; Marker?: string } {
  checkFilters(request.Filters, ["parameter-name"]);
  const source = group.startsWith("default.") ? "engine-default" : "user";
  const all = [...parameters].map(([name, value]) => ({ name, value, source: value === undefined ? "engine-default" : source }));
  const found = all.filter(
    ({ name, source }) => source === (request.Source ?? source) && passes(request.Filters, { "parameter-name": [name] }),
  );
  const { page, Marker } = paged(found, ({ name }) => name, request);
  const Parameters = page.map(({ name, value, source }) => ({
    ParameterName: name,
    ParameterValue: value,
    Source: source,
    ApplyType: "static",
    ApplyMethod: "pending-reboot" as const,
    DataType: "string",
    IsModifiable: true,
  }));
  return { Parameters, Marker };
}
