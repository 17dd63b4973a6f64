import { rdsName } from "../../deployments/arn.ts";
import type { Doomed, Named, PlanNote, PlanNotes, PlanStep, PlanSteps } from "../../plans/plan.ts";
import type { NotCarried, NotCarriedOver, Storage } from "../../plans/spec/not-carried.ts";
import type { Origin, Settled, SettledSpec } from "../../plans/spec/settled.ts";
import { type Form, say, type Words } from "../form.ts";
import { CLIENTS } from "./clients.ts";
import { ageWords } from "./durations.ts";

const STEPS: Words<PlanSteps> = {
  unprotect: ({ database }, as) => `Turn off deletion protection of green ${kindAndName(database, as)}.`,
  delete: ({ deploymentName }, as) => `Delete blue/green deployment ${as.code(deploymentName)} with everything green.`,
  "wait-deleted": () => "Wait until it and all of green are gone.",
  create: ({ newName, source }, as) => `Create blue/green deployment ${as.code(newName)} on ${kindAndName(source, as)}.`,
  "wait-created": () => "Wait until it is AVAILABLE, its tasks are completed and all its databases are available.",
  "go-on": ({ newName, engineVersion }, as) =>
    `Create blue/green deployment ${as.code(newName)} with the saved settings, engine version ${as.text(engineVersion, 60)}.`,
  "switch-over": ({ deploymentName, pairs }, as) =>
    `Ask RDS, once, to switch blue/green deployment ${as.code(deploymentName)} over: ${pairs.map(({ from, to }) => `${as.code(from)} to ${as.code(to)}`).join(", ")}.`,
  "refuse-writes": ({ timeoutSeconds }) =>
    `RDS drops all connections to both sides and refuses new ones for a time. What takes longer than ${timeoutSeconds} s is rolled back: then nothing has changed.`,
  rename: () => "Green takes blue's names. Old blue is kept with -old1 at the end of its name, and is billed until you delete it.",
};

/** A step of a plan, as a sentence. */
export const stepText = (step: PlanStep, as: Form): string => say(STEPS, step, as);

const NOTES: Words<PlanNotes> = {
  age: ({ ms }) => `Green is ${ageWords(ms)} old.`,
  "no-snapshot": () => "No snapshot of green is made: RDS has no such option here, and nothing of green can be brought back.",
  "blue-stays": ({ source }, as) => `Blue, ${kindAndName(source, as)}, stays as it is and in use.`,
  "protection-unknown": ({ database }, as) =>
    `RDS does not say whether green ${kindAndName(database, as)} has deletion protection: if so, the deletion is refused.`,
  clients: () => `${CLIENTS} An RDS Proxy has to be registered with blue before: RDS refuses that while a deployment exists.`,
};

/** What else a person should know of a recreation, as a sentence. */
export const noteText = (note: PlanNote, as: Form): string => say(NOTES, note, as);

/** A green database that is deleted: kind, name and version. */
export function doomedText({ arn, database, engine, engineVersion }: Doomed, as: Form): string {
  const added = arn === "" ? " (added by hand)" : "";
  const version = engine === undefined ? "" : `, ${as.text(`${engine} ${engineVersion}`, 80)}`;
  return `${kindAndName(database, as)}${added}${version}`;
}

const KINDS: Readonly<Record<string, string>> = { db: "instance", "cluster-endpoint": "custom endpoint" };

/** RDS's own word for a kind that has no other. */
const kindAndName = ({ kind, name }: Named, as: Form): string => `${KINDS[kind] ?? as.text(kind, 40)} ${as.code(name)}`;

const NOT_CARRIED: Words<NotCarriedOver> = {
  "parameter-groups": ({ given, others }, as) =>
    `RDS takes one parameter group for all instances: ${as.code(given)} is given, ${others.map((it) => as.code(it)).join(", ")} ${others.length === 1 ? "is" : "are"} not.`,
  instances: ({ names }, as) => `Instances that blue does not have: ${names.map((it) => as.code(it)).join(", ")}.`,
  "instance-class": ({ name, is, willBe }, as) =>
    `Instance class ${as.text(is, 60)} of ${as.code(name)}: it will be ${as.text(willBe, 60)}.`,
  tags: ({ name, keys }, as) => `Tags of ${as.code(name)} that blue does not have: ${keys.map((it) => as.code(it)).join(", ")}.`,
  storage: ({ name, is, willBe }, as) => `Storage of ${as.code(name)}, ${storage(is, as)}: it will be ${storage(willBe, as)}, as blue's.`,
  "storage-configuration": () =>
    "Whether the creation upgraded the storage configuration cannot be read: the guard does not ask for it again.",
  "by-hand": () => "What else was changed on green by hand: data, indexes, IAM roles, custom endpoints, security groups.",
};

/** What green has and the new green will not have, as a sentence. */
export const notCarriedText = (it: NotCarried, as: Form): string => say(NOT_CARRIED, it, as);

function storage({ type, allocated, iops, throughput }: Storage, as: Form): string {
  const parts = [allocated && `${allocated} GiB`, iops && `${iops} IOPS`, throughput && `${throughput} MiB/s`];
  return [as.text(type, 40), ...parts.filter(Boolean)].join(" ");
}

const FROM: Record<Origin, string> = {
  asked: "as asked",
  green: "as green has it",
  record: "as the guard wrote down when green was ready",
};

/** What the new deployment will be created with, one line a field, each with its origin. */
export function createdWith(spec: SettledSpec, as: Form): string[] {
  const { targetEngineVersion, targetDBClusterParameterGroupName: clusterGroup, targetDBParameterGroupName, differences } = spec;
  const from = differences && FROM[differences.from];
  const of = differences?.value ?? {};
  const tags = Object.entries(spec.tags).map(([key, value]) => as.text(`${key}=${value}`, 200));
  const own = spec.sourceEngineVersion === targetEngineVersion.value ? " (blue's own)" : "";
  return [
    settled("Engine version", targetEngineVersion, as, own),
    ...(clusterGroup ? [settled("Cluster parameter group", clusterGroup, as)] : []),
    settled("Instance parameter group", targetDBParameterGroupName, as),
    ...(of.targetDBInstanceClass ? [`Instance class: ${as.text(of.targetDBInstanceClass, 60)}, ${from}.`] : []),
    ...(of.targetStorageType ? [`Storage type: ${as.text(of.targetStorageType, 40)}, ${from}.`] : []),
    ...(of.targetAllocatedStorage ? [`Storage: ${of.targetAllocatedStorage} GiB, ${from}.`] : []),
    ...(of.targetIops ? [`IOPS: ${of.targetIops}, ${from}.`] : []),
    ...(of.targetStorageThroughput ? [`Storage throughput: ${of.targetStorageThroughput} MiB/s, ${from}.`] : []),
    ...(of.targetKmsKeys ?? []).map(
      ({ source, kmsKeyId }) => `KMS key for green of ${as.code(rdsName(source).name)}: ${as.text(kmsKeyId, 200)}, ${from}.`,
    ),
    ...(tags.length > 0 ? [`Tags: ${tags.join(", ")}.`] : []),
  ];
}

const settled = (what: string, { value, from }: Settled<string>, as: Form, more = ""): string =>
  `${what}: ${as.text(value, 120)}${more}, ${FROM[from]}.`;
