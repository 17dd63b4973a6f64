import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CreateTableCommand, DynamoDBClient, ScanCommand, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { CreateBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { onTestFinished } from "vitest";
import type { LabOptions } from "../../../lab/lab-options.ts";
import type { Template } from "../../../lab/stack/template.ts";
import { type Line, lineOf } from "../../../local/cli/doctor/check.ts";
import { checksFor } from "../../../local/cli/doctor/doctor.ts";
import { openVisit, type VisitOptions } from "../../../local/cli/doctor/visit.ts";
import type { Given } from "../../../src/settings/given.ts";
import { type Ended, ended } from "../ended.ts";
import { synth, synthesized, withWebhook } from "../infra/synth.ts";
import { openTestLab, type TestLab } from "../lab/stage.ts";
import { BIN, startNode } from "./hello-run.ts";

/** The settings file that fits the lab's deployed guard. */
export const GIVEN: Given = {
  slackChannel: "C0BLUEGREEN",
  slackSecret: "create",
  operators: "none",
  alarmEmail: "oncall@example.com",
};

/** The template of the guard of most tests, which posts in this channel. */
function templateOf(channel: string, webhook: boolean): Template {
  const made = JSON.stringify((webhook ? synth(withWebhook) : synthesized()).template.toJSON());
  return JSON.parse(made.replaceAll("C0123456789", channel)) as Template;
}

/** A lab for `doctor`. */
export interface DoctorLab extends TestLab {
  /** Has `doctor` ask in this process, over the wire: all, or only the checks with these ids; answers its lines by their ids. */
  doctor(options?: Partial<VisitOptions>, only?: readonly string[]): Promise<Map<string, Line>>;
  /** Changes a property of the deployed stack's only resource of a type whose logical id begins so. */
  change(type: string, start: string, property: string, value: unknown): void;
  /** Changes a variable of the deployed watch function. */
  variable(name: string, value: string): void;
  /** Changes an output of the deployed stack. */
  output(name: string, value: string): void;
  /** Has the stack's output name a table without an index. */
  bareTable(): Promise<void>;
  /** Creates a deployment of a cluster. */
  create(cluster: string): Promise<unknown>;
  /** The items in the guard's table, with their numbers and texts. */
  items(): Promise<Record<string, unknown>[]>;
  /** Runs the command in a folder with this settings file. */
  run(args: string[], settings?: Given | string, environment?: Record<string, string | undefined>): Promise<Ended>;
}

/** Options for a lab for `doctor`. */
interface DoctorLabOptions extends Pick<LabOptions, "executions" | "recording" | "webhook"> {
  deployed?: boolean;
  /** Whether IAM lets the recreate function delete blue. */
  mayDeleteBlue?: boolean;
  /** The command's entry; the repository's own if left out. */
  bin?: string;
}

/** Opens the lab; `deployed` has the guard deployed there, as its template says. It ends with the test. */
export async function openDoctorLab({
  deployed = true,
  mayDeleteBlue = false,
  bin = resolve(BIN),
  executions,
  recording,
  webhook = false,
}: DoctorLabOptions = {}): Promise<DoctorLab> {
  const template = deployed ? templateOf("C0BLUEGREEN", webhook) : undefined;
  const lab = await openTestLab({ at: new Date().toISOString(), records: undefined, deployed: template, executions, recording, webhook });
  lab.bus.exists = deployed;
  // As the role's policies have it.
  lab.iam.deny(({ action, resource }) =>
    !mayDeleteBlue && /^rds:DeleteDB(Cluster|Instance)$/.test(action) && !/-green-|:cluster-snapshot:/.test(resource)
      ? { decision: "implicitDeny" }
      : undefined,
  );
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-doctor-"));
  onTestFinished(async () => {
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  });
  const aws = { endpoint: lab.url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const output = (name: string, value: string) => {
    const { Outputs } = lab.account.stack?.template ?? {};
    if (Outputs) Outputs[`BlueGreenGuard${name}`] = { Value: value };
  };
  const environment = {
    AWS_ENDPOINT_URL: lab.url,
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "lab",
    AWS_SECRET_ACCESS_KEY: "lab",
    SLACK_API_URL: `${lab.url}/slack/api/`,
  };
  return {
    ...lab,
    async items() {
      const client = new DynamoDBClient(aws);
      const { Items = [] } = await client.send(new ScanCommand({ TableName: "bluegreen-guard" }));
      client.destroy();
      return Items.map((item) => Object.fromEntries(Object.entries(item).map(([name, { S, N }]) => [name, S ?? Number(N)])));
    },
    output,
    create: (cluster) =>
      lab.aws.send(
        new CreateBlueGreenDeploymentCommand({
          BlueGreenDeploymentName: `${cluster}-15`,
          Source: `arn:aws:rds:ap-northeast-1:123456789012:cluster:${cluster}`,
          TargetEngineVersion: "15.5",
          TargetDBClusterParameterGroupName: "green-15",
          TargetDBParameterGroupName: "green-instance-15",
        }),
      ),
    async bareTable() {
      const client = new DynamoDBClient(aws);
      const KeySchema = [{ AttributeName: "pk", KeyType: "HASH" as const }];
      const AttributeDefinitions = [{ AttributeName: "pk", AttributeType: "S" as const }];
      await client.send(new CreateTableCommand({ TableName: "bare", BillingMode: "PAY_PER_REQUEST", KeySchema, AttributeDefinitions }));
      await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 0.01, maxDelay: 0.1 }, { TableName: "bare" });
      client.destroy();
      output("Table", "bare");
    },
    change(type, start, property, value) {
      const found = Object.entries(lab.account.stack?.template.Resources ?? {}).filter(
        ([id, it]) => it.Type === type && id.startsWith(start),
      );
      const [[, resource] = []] = found;
      if (!resource || found.length > 1) throw new Error(`${found.length} ${type} begin with ${start}.`);
      resource.Properties = { ...resource.Properties, [property]: value };
    },
    // While it works, no time passes in the lab but what it waits for itself.
    doctor: (options = {}, only = undefined) =>
      lab.clock.work(async () => {
        const visit = await openVisit({
          stack: "BlueGreenGuard",
          allowed: { post: false, stop: false },
          given: GIVEN,
          region: aws.region,
          sdk: aws,
          light: aws,
          slack: { apiUrl: `${lab.url}/slack/api/` },
          pause: (ms) => lab.clock.until(lab.clock.now() + ms),
          now: () => lab.clock.now(),
          ...options,
        });
        const lines = new Map<string, Line>();
        for (const check of checksFor(visit).filter(({ id }) => only?.includes(id) ?? true))
          lines.set(check.id, await lineOf(check, visit));
        return lines;
      }),
    variable(name, value) {
      const { Resources = {} } = lab.account.stack?.template ?? {};
      const [, watch] =
        Object.entries(Resources).find(([id, { Type }]) => Type === "AWS::Lambda::Function" && id.startsWith("GuardWatchFunction")) ?? [];
      const { Variables = {} } = (watch?.Properties?.["Environment"] ?? {}) as { Variables?: Record<string, unknown> };
      Variables[name] = value;
    },
    async run(args, settings = GIVEN, more = {}) {
      await writeFile(join(folder, "bluegreen-guard.json"), typeof settings === "string" ? settings : JSON.stringify(settings));
      return ended(startNode([bin, "doctor", ...args], { ...environment, ...more }, folder));
    },
  };
}
