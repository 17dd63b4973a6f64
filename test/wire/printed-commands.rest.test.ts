import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { DescribeBlueGreenDeploymentsCommand, SwitchoverBlueGreenDeploymentCommand } from "@aws-sdk/client-rds";
import { expect, it, onTestFinished } from "vitest";
import { rdsInstance } from "../../lab/stories/databases.ts";
import { built } from "../../lab/stories/team.ts";
import { read } from "../support/aws-cli/arguments.ts";
import { CLIENTS } from "../support/aws-cli/commands.ts";
import { printed } from "../support/aws-cli/printed.ts";
import { type DoctorLab, openDoctorLab } from "../support/local/doctor-lab.ts";

/*
 * The calls behind the printed lines for the AWS CLI are made by the SDK, with the printed values, where the lab plays the operation: in the
 * printed order, with a deployed guard and, for the rehearsal, the database that its first lines create. What the shell puts in is the lab's.
 *
 * It proves that these calls are answered as the lab's AWS answers, no more: AWS may be stricter.
 */
const PLAYED = [
  "cloudformation DescribeStacks",
  "dynamodb DeleteItem",
  "dynamodb GetItem",
  "lambda GetAccountSettings",
  "lambda GetFunctionConfiguration",
  "lambda ListEventSourceMappings",
  "rds CreateBlueGreenDeployment",
  "rds DeleteBlueGreenDeployment",
  "rds DescribeBlueGreenDeployments",
  "rds DescribeDBClusters",
  "rds DescribeDBEngineVersions",
  "rds DescribeDBInstances",
  "rds DescribeEvents",
  "sqs GetQueueAttributes",
];

const REHEARSAL = "bluegreen-guard-rehearsal";
const FROM = "8.0.42";

interface Client {
  send(command: object): Promise<object>;
  destroy(): void;
}

type Constructors = Record<string, new (input: object) => unknown>;

it("asks the lab's AWS for what it plays, as printed, and is answered", async () => {
  const lab = await openDoctorLab();
  const aws = { endpoint: lab.url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" }, maxAttempts: 1 };
  const clients = new Map<string, Client>();
  onTestFinished(() => {
    for (const client of clients.values()) client.destroy();
  });
  function clientOf(service: string): Client {
    const [, Made] = Object.entries(CLIENTS[service] as Constructors).find(([name]) => /^[A-Z]\w+Client$/.test(name)) ?? [];
    const client = clients.get(service) ?? (Made ? (new Made(aws) as Client) : undefined);
    if (!client) throw new Error(`There is no client of ${service}.`);
    clients.set(service, client);
    return client;
  }
  lab.rds.addInstance(rdsInstance(REHEARSAL, "mysql", FROM));
  lab.rds.addInstance({ ...rdsInstance(`${REHEARSAL}-reader`, "mysql", FROM), replicaOf: REHEARSAL });
  const putIn = await putInBy(lab, aws);

  const asked = new Set<string>();
  for (const { words, where } of printed) {
    const line = read(words);
    if (!("command" in line) || line.isMention) continue;
    const { service, command, input } = line;
    const name = `${service} ${command.operation}`;
    const Command = (CLIENTS[service] as Constructors | undefined)?.[`${command.operation}Command`];
    if (!Command || !PLAYED.includes(name)) continue;
    if (command.operation === "DeleteBlueGreenDeployment") await switchOver(lab);
    const answer = await clientOf(service).send(new Command(await putIn(input)) as object);
    expect(answer, where).toMatchObject({ $metadata: { httpStatusCode: 200 } });
    asked.add(name);
  }
  expect([...asked].sort()).toEqual(PLAYED);
});

/** Puts into an input what a person's shell would, once the lines before have been run. */
async function putInBy(lab: DoctorLab, aws: object): Promise<(input: object) => Promise<object>> {
  const client = new CloudFormationClient(aws);
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: "BlueGreenGuard" }));
  client.destroy();
  const output = (name: string) => Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === `BlueGreenGuard${name}`)?.OutputValue ?? name;
  const BLUE = `arn:aws:rds:ap-northeast-1:123456789012:db:${REHEARSAL}`;
  const set: Record<string, string> = { STACK: "BlueGreenGuard", FROM, TO: "8.4.6", BLUE, 1: output("Queue") };
  return async (input) => {
    const variables = { ...set, DEPLOYMENT: (await listed(lab))?.BlueGreenDeploymentIdentifier };
    const text = JSON.stringify(input)
      .replaceAll(/\$\(name (\w+)\)/g, (_, name: string) => output(name))
      .replaceAll(/\$(\w+)/g, (all, name: string) => variables[name as keyof typeof variables] ?? all);
    return JSON.parse(text) as object;
  };
}

async function listed(lab: DoctorLab) {
  const { BlueGreenDeployments = [] } = await lab.aws.send(new DescribeBlueGreenDeploymentsCommand());
  return BlueGreenDeployments[0];
}

/** Step 4 of the rehearsal, which a person types in Slack. */
async function switchOver(lab: DoctorLab): Promise<void> {
  const { BlueGreenDeploymentIdentifier: id = "" } = (await listed(lab)) ?? {};
  await lab.clock.work(() => built({ ...lab, say: () => undefined }, id));
  await lab.clock.work(() => lab.clock.until(lab.clock.now() + 3_600_000));
  await lab.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id }));
  await lab.clock.work(() => lab.clock.until(lab.clock.now() + 3_600_000));
  expect((await listed(lab))?.Status).toBe("SWITCHOVER_COMPLETED");
}
