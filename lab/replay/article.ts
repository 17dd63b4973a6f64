import type { BlueGreenDeployment } from "@aws-sdk/client-rds";
import recording from "../../local/recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };
import type { LabRds } from "../rds/rds.ts";

const WRITER = "db-instance-writer";
const OLD_GROUPS = ["aurorastack-auroradbclusterparametergroup14", "aurorastack-auroradbparametergroup14"] as const;
const NEW_GROUPS = [
  "aurorastack-auroradbclusterparametergroup150c75b72f-olcenkiixqad",
  "aurorastack-auroradbparametergroup158895769d-slpjow9ruia7",
] as const;
// The article names the first green instance only; the other is the lab's, as in its story.
const GREEN_WRITERS = [`${WRITER}-green-8n9hio`, `${WRITER}-green-q3w5zt`];
const CREATED = ["2024-02-05T06:10:00Z", "2024-02-05T08:25:00Z"];
const TASKS = ["CREATING_READ_REPLICA_OF_SOURCE", "DB_ENGINE_VERSION_UPGRADE", "CREATE_DB_INSTANCES_FOR_CLUSTER"];

/** Puts both deployments of the recorded upgrade there, ready to be switched over, with blue and both greens. */
export function addArticle(rds: Pick<LabRds, "addCluster" | "addDeployment">): void {
  const [first] = recording.deployments;
  if (first) addCluster(rds, first.source, first.sourceVersion, OLD_GROUPS, WRITER);
  for (const [index, recorded] of recording.deployments.entries()) {
    const greenWriter = GREEN_WRITERS[index] ?? `${WRITER}-green`;
    addCluster(rds, recorded.target, recorded.targetVersion, NEW_GROUPS, greenWriter);
    rds.addDeployment(deployment(recorded, greenWriter, CREATED[index] ?? ""));
  }
}

function addCluster(
  rds: Pick<LabRds, "addCluster">,
  identifier: string,
  engineVersion: string,
  [parameterGroup, instanceGroup]: readonly [string, string],
  writer: string,
): void {
  const instances = [{ identifier: writer, class: "db.t4g.medium", parameterGroup: instanceGroup }];
  rds.addCluster({ identifier, engine: "aurora-postgresql", engineVersion, parameterGroup, instances });
}

function deployment(recorded: (typeof recording.deployments)[number], greenWriter: string, created: string): BlueGreenDeployment {
  const arn = (kind: string, name: string) => `arn:aws:rds:${recording.region}:${recording.account}:${kind}:${name}`;
  const Source = arn("cluster", recorded.source);
  const Target = arn("cluster", recorded.target);
  return {
    BlueGreenDeploymentIdentifier: recorded.id,
    BlueGreenDeploymentName: recorded.name,
    Source,
    Target,
    SwitchoverDetails: [
      { SourceMember: Source, TargetMember: Target, Status: "AVAILABLE" },
      { SourceMember: arn("db", WRITER), TargetMember: arn("db", greenWriter), Status: "AVAILABLE" },
    ],
    Tasks: TASKS.map((Name) => ({ Name, Status: "COMPLETED" })),
    Status: "AVAILABLE",
    CreateTime: new Date(created),
  };
}
