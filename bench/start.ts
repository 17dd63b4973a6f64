import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { SQSEvent } from "aws-lambda";
import { bundleFolder, FUNCTIONS } from "../infra/bundle-folder.ts";
import { makeBundles } from "../infra/bundles.ts";
import { SIGNING_SECRET, SLACK_SECRET } from "../lab/secrets.ts";
import { signedHeaders } from "../lab/slack/sending.ts";
import { ensureTable } from "../local/records-server.ts";
import { isOperationName } from "../src/operations/index.ts";
import { VARIABLES } from "../src/settings/settings.ts";
import type { CallsInput } from "./calls.ts";
import type { Cores } from "./cores.ts";
import { type Counts, tally } from "./counts.ts";
import { folderBytes } from "./folder-bytes.ts";
import { ACKNOWLEDGED, BARE, firstWord, LOADED, TOLD } from "./fresh-process.ts";
import { connectGuard } from "./guard.ts";
import { lambdaEnvironment, POWERTOOLS, settingsFor } from "./lambda-environment.ts";
import { inPart } from "./parts.ts";
import { awsAt, BUS, type OpenPlayground, openPlayground } from "./playground.ts";
import { nextBody, sqsRecord } from "./rds-events.ts";
import { median } from "./statistics.ts";
import { wavesOf } from "./waves.ts";
import { kindOf, type WireCall } from "./wire.ts";

/** The start's budget relative to its floor. */
const BUDGETS = { loaded: 5, told: 4, acknowledged: 4 };

/** How many bytes the bundle of a function may have; an operation's holds the durable SDK, too. */
export const bundleBudget = (name: string): number => (isOperationName(name) ? 1_100_000 : 1_000_000);

/** A time against its floor; times are medians in milliseconds. */
export interface Against {
  ms: number;
  floorMs: number;
  ratio: number;
  budget: number;
  withinBudget: boolean;
}

/** How fast the bundles of the watch and the slack function start in a fresh process, and how big the bundles are. */
export interface StartResult {
  runs: number;
  /** From the start of the process until the bundle is loaded, against a bare Node's start. */
  loaded: Against;
  /** From the start of the process until Slack has its first message, against a bare Node's start and the same calls through bare clients. */
  told: Against;
  /** From the start of the process until the slack function has acknowledged a command, against a bare Node's start. */
  acknowledged: Against;
  /** The calls until Slack has its first message. */
  calls: Counts;
  bundles: { name: string; bytes: number; budget: number; withinBudget: boolean }[];
  withinBudget: boolean;
}

/** Starts each program `runs` times, in turns. */
export async function measureStart(runs: number, cores: Cores): Promise<StartResult> {
  await makeBundles();
  const playground = await openPlayground(1, cores.playground);
  const event = { Records: [sqsRecord(bodyFor(playground), "message-0", 1)] };
  const waves = wavesOf(await callsUntilTold(playground, event));
  const made = tally(waves.flat().map(kindOf));
  const times: { bare: number; loaded: number; told: number; calls: number; acknowledged: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    const bare = await start(BARE, playground);
    const loaded = await start(LOADED, playground);
    const table = await freshTable(playground);
    await playground.counts();
    const told = await start(TOLD, playground, table, event);
    checkCalls(made, await playground.counts());
    const input: CallsInput = { url: playground.url, table: await freshTable(playground), waves };
    const acknowledged = await startEntrance(playground);
    times.push({ bare, loaded, told, acknowledged, calls: (await inPart("calls", input, cores)) as number });
  }
  playground.close();
  const of = (key: keyof (typeof times)[number]) => median(times.map((it) => it[key]));
  const loaded = against(of("loaded"), of("bare"), BUDGETS.loaded);
  const told = against(of("told"), of("bare") + of("calls"), BUDGETS.told);
  const acknowledged = against(of("acknowledged"), of("bare"), BUDGETS.acknowledged);
  const bundles = FUNCTIONS.map((name) => weigh(name, folderBytes(bundleFolder(name))));
  const withinBudget = [loaded, told, acknowledged, ...bundles].every((it) => it.withinBudget);
  return { runs, loaded, told, acknowledged, calls: made, bundles, withinBudget };
}

function bodyFor({ deployments: [deployment], now }: OpenPlayground): string {
  if (!deployment) throw new Error("A start needs a deployment to tell of: open the playground with one.");
  return nextBody(deployment, 0, now);
}

/** A table of the guard's form that nobody has written to. */
async function freshTable({ url }: OpenPlayground): Promise<string> {
  const table = randomUUID();
  await ensureTable(table, awsAt(url));
  return table;
}

function start(program: string, { url, channel }: OpenPlayground, table = "none", event?: SQSEvent): Promise<number> {
  const folder = bundleFolder("watch");
  const environment = {
    ...lambdaEnvironment("watch", folder),
    ...POWERTOOLS,
    ...settingsFor({ url, queue: "events", table, bus: BUS, channel }),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    _X_AMZN_TRACE_ID: "Root=1-65c0b1f0-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=53995c3f42cd8ad8;Sampled=1",
    // The discard port: traces go out, and nobody needs to listen.
    AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:9",
  };
  return firstWord({ program, args: [`${folder}index.mjs`, ...(event ? [JSON.stringify(event)] : [])], folder, environment });
}

/** The slack function's start until it has acknowledged a command that Slack has signed just now. */
function startEntrance({ url }: OpenPlayground): Promise<number> {
  const folder = bundleFolder("slack");
  const body = "command=%2Fbluegreen&text=status&user_id=U0ONCALL&team_id=T0LAB&channel_id=C0BLUEGREEN";
  const event = {
    version: "2.0",
    rawPath: "/",
    rawQueryString: "",
    headers: { ...signedHeaders(body, SIGNING_SECRET, Date.now()), host: "bench" },
    requestContext: { http: { method: "POST", path: "/" }, domainName: "bench" },
    body: Buffer.from(body).toString("base64"),
    isBase64Encoded: true,
  };
  const environment = {
    ...lambdaEnvironment("slack", folder),
    ...POWERTOOLS,
    [VARIABLES.slackSecret]: SLACK_SECRET,
    [VARIABLES.answer]: "answer",
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
  };
  return firstWord({ program: ACKNOWLEDGED, args: [`${folder}index.mjs`, JSON.stringify(event)], folder, environment });
}

/** The calls that the guard makes for the event until Slack has its first message; a function in AWS reads the token before that one. */
async function callsUntilTold(playground: OpenPlayground, event: SQSEvent): Promise<WireCall[]> {
  const calls: WireCall[] = [];
  const { clock, watch } = connectGuard(playground, { listen: (call) => calls.push(call) });
  await clock.work(() => watch(event));
  const first = calls.find(({ service }) => service === "slack");
  if (!first) throw new Error("The guard told Slack nothing of the event that a start is measured with.");
  const secret: WireCall = {
    service: "secretsmanager",
    action: "GetSecretValue",
    body: JSON.stringify({ SecretId: SLACK_SECRET }),
    status: 200,
    begun: first.begun,
    ended: first.begun,
  };
  return [...calls.filter(({ begun }) => begun < first.begun), secret, first];
}

/** A floor that makes different calls from the function measures nothing. */
function checkCalls(made: Counts, received: Counts): void {
  if (isDeepStrictEqual(made, received)) return;
  throw new Error(
    `The function made other calls than the floor. The floor's: ${JSON.stringify(made)}, received: ${JSON.stringify(received)}.`,
  );
}

function against(ms: number, floorMs: number, budget: number): Against {
  const ratio = ms / floorMs;
  return { ms, floorMs, ratio, budget, withinBudget: ratio <= budget };
}

function weigh(name: string, bytes: number): StartResult["bundles"][number] {
  const budget = bundleBudget(name);
  return { name, bytes, budget, withinBudget: bytes <= budget };
}
