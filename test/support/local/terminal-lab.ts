import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { CreateBlueGreenDeploymentCommand, DescribeBlueGreenDeploymentsCommand } from "@aws-sdk/client-rds";
import { onTestFinished as afterThisTest, type TestContext } from "vitest";
import { type Lab, openLab } from "../../../lab/lab.ts";
import { SLACK_SECRET } from "../../../lab/secrets.ts";
import { ScaledClock } from "../../../local/clock.ts";
import { type Ended, ended } from "../ended.ts";
import { BIN, startNode } from "./hello-run.ts";

const SPEED = 60;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The environment that a command gets besides the lab's address and credentials. */
export type Environment = Record<string, string | undefined>;

/** A command under way. */
export interface Program {
  /** Resolves once it has written the words, on either output; rejects where it ends without. */
  saw(words: string): Promise<void>;
  /** Sends it a signal. */
  signal(name: "SIGINT" | "SIGTERM" | "SIGKILL" | "SIGSTOP"): void;
  /** How it ended. */
  ended: Promise<Ended>;
}

/** A lab in this process, and commands of the terminal in processes of their own that have it for AWS. */
export interface TerminalLab extends Lab {
  clock: ScaledClock;
  /** The folder that the commands run in. */
  home: string;
  /** The state folder that the commands are given. */
  state: string;
  /** The folder in it for the account, region and endpoint of this lab. */
  kept: string;
  /** RDS deletes and creates so slowly from now on that a test can step in; `goOn` has it make up for that. */
  slowDown(): void;
  /** RDS stands still until `goOn`: what it is doing does not end. */
  pause(): void;
  goOn(): void;
  /** Creates the deployment `orders-15` of the cluster `orders` and waits until it is ready; answers its id. */
  ready(): Promise<string>;
  /** The same, ruined by an ALTER TABLE. */
  ruined(): Promise<string>;
  /** The same, whose creation has failed. */
  failedCreation(): Promise<string>;
  start(args: string[], environment?: Environment): Program;
  run(args: string[], environment?: Environment): Promise<Ended>;
  /** What was asked of RDS and accepted, of one action. */
  accepted(action: string): Record<string, string>[];
}

/** The environment with which the lab's own guard does the work. */
export const DEPLOYED = { BLUEGREEN_GUARD_TABLE: "bluegreen-guard" };

/** The environment with which the lab's Slack is told. */
export const slackOf = ({ url, slack }: Lab) => ({
  SLACK_CHANNEL: slack.channels[0]?.id,
  SLACK_SECRET,
  SLACK_API_URL: `${url}/slack/api/`,
});

/**
/**
 * Opens the lab with an Aurora cluster `orders` on a clock that runs, where an hour of RDS takes a second; it ends with the test, which passes
 * its context where others run at the same time.
 *
 * There is a deployed guard only with `deployed`. `bin` is the program.
 */
export async function openTerminalLab({
  bin = BIN,
  deployed = false,
  onTestFinished = afterThisTest,
}: { bin?: string; deployed?: boolean } & Partial<Pick<TestContext, "onTestFinished">> = {}): Promise<TerminalLab> {
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-terminal-"));
  // Hours ahead from the start: a command asks AWS for the time only where it is off by minutes.
  const clock = new ScaledClock(SPEED, Date.now() + HOUR);
  // The events are lost, so that the lab's own guard has no part in what a command does by itself.
  const lab = await openLab({ clock, port: 0, folder: join(folder, "lab"), speed: SPEED, lose: () => true });
  lab.bus.exists = deployed;
  const running = new Set<ReturnType<typeof startNode>>();
  onTestFinished(async () => {
    for (const child of running) child.kill("SIGKILL");
    await lab.close();
    clock.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  lab.rds.hasten(60);
  const instances = [{ identifier: "orders-1", class: "db.t4g.medium", parameterGroup: "blue-instance-14" }];
  lab.rds.addCluster({ identifier: "orders", engine: "aurora-postgresql", engineVersion: "14.10", parameterGroup: "blue-14", instances });
  const state = join(folder, "state");
  const aws = { AWS_ENDPOINT_URL: lab.url, AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "lab", AWS_SECRET_ACCESS_KEY: "lab" };
  function start(args: string[], environment: Environment = {}): Program {
    const given = args.includes("--state") ? args : [...args, "--state", state];
    const child = startNode([resolve(bin), ...given], { ...aws, ...environment }, folder);
    running.add(child);
    return programOf(child);
  }
  const made: TerminalLab = {
    ...lab,
    clock,
    home: folder,
    state,
    kept: join(state, `123456789012.ap-northeast-1.${new URL(lab.url).host.replace(":", "_")}`),
    slowDown: () => lab.rds.hasten(1),
    pause: () => clock.setSpeed(0),
    goOn: () => clock.setSpeed(SPEED * 60),
    async ready() {
      const id = await create(lab);
      while ((await statusOf(lab, id)) !== "AVAILABLE") await clock.until(clock.now() + MINUTE / 4);
      return id;
    },
    async ruined() {
      const id = await made.ready();
      lab.rds.runDdl("orders", "ALTER TABLE");
      while (!lab.rds.history.some(({ message }) => message.startsWith("Replication has been degraded"))) {
        await clock.until(clock.now() + MINUTE / 4);
      }
      return id;
    },
    async failedCreation() {
      lab.rds.faults.failCreation("of incompatible parameter settings");
      const id = await create(lab);
      while ((await statusOf(lab, id)) !== "INVALID_CONFIGURATION") await clock.until(clock.now() + MINUTE / 4);
      return id;
    },
    start,
    run: (args, environment) => start(args, environment).ended,
    accepted: (action) => lab.rds.calls.filter((it) => it.action === action && it.outcome === "accepted").map((it) => it.parameters),
  };
  return made;
}

async function create({ aws }: Lab): Promise<string> {
  const command = new CreateBlueGreenDeploymentCommand({
    BlueGreenDeploymentName: "orders-15",
    Source: "arn:aws:rds:ap-northeast-1:123456789012:cluster:orders",
    TargetEngineVersion: "15.5",
    TargetDBClusterParameterGroupName: "green-15",
    TargetDBParameterGroupName: "green-instance-15",
  });
  return (await aws.send(command)).BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

async function statusOf({ aws }: Lab, id: string): Promise<string | undefined> {
  const answer = await aws.send(new DescribeBlueGreenDeploymentsCommand({ BlueGreenDeploymentIdentifier: id }));
  return answer.BlueGreenDeployments?.[0]?.Status;
}

function programOf(child: ReturnType<typeof startNode>): Program {
  let written = "";
  const listeners = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (data) => {
      written += data;
      for (const listen of listeners) listen();
    });
  }
  const end = ended(child);
  return {
    saw(words) {
      return new Promise((resolve, reject) => {
        const listen = () => void (written.includes(words) && resolve());
        listeners.add(listen);
        listen();
        void end.then(() => reject(new Error(`It ended without saying "${words}":\n${written}`)));
      });
    },
    signal: (name) => void child.kill(name),
    ended: end,
  };
}

/** The last line of what a command wrote for scripts. */
export function lastLine({ out }: Ended): unknown {
  return JSON.parse(out.trim().split("\n").at(-1) ?? "");
}
