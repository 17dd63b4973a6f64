import { rdsName } from "../../deployments/arn.ts";
import { areTasksDone, isUpgraded } from "../../deployments/built.ts";
import type { Coded } from "../../deployments/coded.ts";
import { isInvalid } from "../../deployments/degradation.ts";
import { type Deployment, type DeploymentView, databaseAt } from "../../deployments/deployment.ts";
import type { Differences, Spec } from "../../deployments/spec.ts";
import { OPERATION_TAG, RECREATED_FROM_TAG } from "../recreate-name.ts";
import { carriedTags, specOf } from "./spec.ts";

/** The origin of a field of the spec: a person asked for it, green shows it, or the guard recorded it when green was ready. */
export type Origin = "asked" | "green" | "record";

/** A field of the spec with its origin. */
export interface Settled<T> {
  value: T;
  from: Origin;
}

/** What a person can ask for in the new deployment; it takes precedence over what green shows. */
export interface AskedFields {
  targetEngineVersion?: string;
  targetDBClusterParameterGroupName?: string;
  targetDBParameterGroupName?: string;
}

/** Everything that a recreation needs to know, with the origin of the fields. */
export interface SettledSpec {
  /** The name of the deployment to recreate. */
  name: string;
  /** ARN of blue. */
  source: string;
  /** Blue's version now; absent if blue was not found. */
  sourceEngineVersion?: string;
  targetEngineVersion: Settled<string>;
  /** For a cluster. */
  targetDBClusterParameterGroupName?: Settled<string>;
  targetDBParameterGroupName: Settled<string>;
  /** How green is to differ from blue. */
  differences?: Settled<Differences>;
  tags: Record<string, string>;
}

/** A field that is missing from the request, from green and from the record, and why. */
export interface Missing {
  field: keyof AskedFields;
  why: WhyMissing;
}

/** Why the guard does not know a field: it wrote nothing down, and green does not show it. */
export type WhyMissing = Coded<MissingReasons>;

/** Everything that keeps green from showing a field. */
export interface MissingReasons {
  "no-green": { failure?: CreationFailure };
  "not-shown": object;
  "not-built": object;
  "creation-failed": { failure: CreationFailure };
}

/** The task at which the creation failed, or the status in which it ended. */
export type CreationFailure = { task: string } | { status: string };

/** The spec, or the fields that a person has to provide first. */
export type Settlement = { spec: SettledSpec; missing?: undefined } | { spec?: undefined; missing: Missing[] };

/**
 * Settles each field of the spec: as asked, otherwise as green shows it, otherwise as saved.
 *
 * Green shows blue's version until DB_ENGINE_VERSION_UPGRADE is COMPLETED, and blue's parameter groups until every task is, so neither
 * is read before that.
 */
export function settleSpec({ view, saved, asked = {} }: { view: DeploymentView; saved?: Spec; asked?: AskedFields }): Settlement {
  const { deployment } = view;
  const shown = specOf(view, "");
  const isCluster = rdsName(deployment.source).kind === "cluster";
  const version = settled(
    asked.targetEngineVersion,
    isUpgraded(deployment) ? shown?.targetEngineVersion || undefined : undefined,
    saved?.targetEngineVersion,
  );
  const built = areTasksDone(deployment) ? shown : undefined;
  const clusterGroup = settled(
    asked.targetDBClusterParameterGroupName,
    built?.targetDBClusterParameterGroupName,
    saved?.targetDBClusterParameterGroupName,
  );
  const group = settled(asked.targetDBParameterGroupName, built?.targetDBParameterGroupNames[0], saved?.targetDBParameterGroupNames[0]);
  if (!version || !group || (isCluster && !clusterGroup)) {
    const missing = (field: keyof AskedFields, found: unknown): Missing[] => (found ? [] : [{ field, why: whyMissing(view, field) }]);
    return {
      missing: [
        ...missing("targetEngineVersion", version),
        ...(isCluster ? missing("targetDBClusterParameterGroupName", clusterGroup) : []),
        ...missing("targetDBParameterGroupName", group),
      ],
    };
  }
  return {
    spec: {
      name: deployment.name,
      source: deployment.source,
      sourceEngineVersion: databaseAt(view, deployment.source)?.engineVersion,
      targetEngineVersion: version,
      targetDBClusterParameterGroupName: isCluster ? clusterGroup : undefined,
      targetDBParameterGroupName: group,
      differences: showsConfiguration(view)
        ? settled(undefined, shown && given(shown), undefined)
        : settled(undefined, undefined, saved && given(saved)),
      tags: withoutOrigin(carriedTags(deployment.tags)),
    },
  };
}

/** The fields that nobody but a person knows; if there are none, a recreation can be planned without asking for any. */
export function missingFields({ view, saved }: { view: DeploymentView; saved?: Spec }): Missing[] {
  return settleSpec({ view, saved }).missing ?? [];
}

/** The spec to store, without the origins; `savedAt` is ISO 8601. */
export function keptSpec(spec: SettledSpec, savedAt: string): Spec {
  return {
    savedAt,
    name: spec.name,
    source: spec.source,
    targetEngineVersion: spec.targetEngineVersion.value,
    targetDBClusterParameterGroupName: spec.targetDBClusterParameterGroupName?.value,
    targetDBParameterGroupNames: [spec.targetDBParameterGroupName.value],
    ...spec.differences?.value,
    tags: spec.tags,
  };
}

/** Drops the tags that say how this deployment came about, since they would be wrong on the next one. */
function withoutOrigin({ [OPERATION_TAG]: _, [RECREATED_FROM_TAG]: __, ...tags }: Record<string, string>): Record<string, string> {
  return tags;
}

function settled<T>(asked: T | undefined, green: T | undefined, record: T | undefined): Settled<T> | undefined {
  if (asked !== undefined) return { value: asked, from: "asked" };
  if (green !== undefined) return { value: green, from: "green" };
  return record === undefined ? undefined : { value: record, from: "record" };
}

/** The differences in a spec, undefined if there are none. */
function given(spec: Spec): Differences | undefined {
  const { targetDBInstanceClass, targetStorageType, targetAllocatedStorage, targetIops, targetStorageThroughput, targetKmsKeys } = spec;
  const all = { targetDBInstanceClass, targetStorageType, targetAllocatedStorage, targetIops, targetStorageThroughput, targetKmsKeys };
  const said = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return Object.keys(said).length > 0 ? said : undefined;
}

function showsConfiguration(view: DeploymentView): boolean {
  const { source, target } = view.deployment;
  return [source, target].every((arn) => databaseAt(view, arn)?.configuration !== undefined);
}

function whyMissing(view: DeploymentView, field: keyof AskedFields): WhyMissing {
  const { deployment } = view;
  const finished = field === "targetEngineVersion" ? isUpgraded(deployment) : areTasksDone(deployment);
  const failure = finished ? undefined : failureOf(deployment);
  if (!databaseAt(view, deployment.target)) return { code: "no-green", ...(failure && { failure }) };
  if (finished) return { code: "not-shown" };
  return failure ? { code: "creation-failed", failure } : { code: "not-built" };
}

/** That RDS will never build green to the end; undefined as far as RDS does not say so. */
function failureOf({ tasks, status }: Deployment): CreationFailure | undefined {
  const failed = tasks.find((task) => task.status === "FAILED");
  if (failed) return { task: failed.name };
  return isInvalid({ status }) ? { status } : undefined;
}
