import { randomUUID } from "node:crypto";
import type { SQSEvent } from "aws-lambda";
import { bundleFolder, FUNCTIONS, type FunctionName } from "../infra/bundle-folder.ts";
import { makeBundles } from "../infra/bundles.ts";
import { SIGNING_SECRET, SLACK_SECRET } from "../lab/secrets.ts";
import { signedHeaders } from "../lab/slack/sending.ts";
import { ensureTable } from "../local/records-server.ts";
import { VARIABLES } from "../src/settings/settings.ts";
import type { Cores } from "./cores.ts";
import type { Counts } from "./counts.ts";
import { folderBytes } from "./folder-bytes.ts";
import { ACKNOWLEDGED, BARE, type FirstWord, firstWord, LOADED, TOLD } from "./fresh-process.ts";
import { lambdaEnvironment, settingsFor } from "./lambda-environment.ts";
import { awsAt, BUS, type OpenPlayground, openPlayground } from "./playground.ts";
import { nextBody, sqsRecord } from "./rds-events.ts";
import { median } from "./statistics.ts";

/** How many times as long as the start of a bare Node each may take. */
const BUDGETS = { loaded: 3.6, told: 7, acknowledged: 2.2 };

/** How many bytes the bundle of each function may have: a tenth more than it has. */
const BUNDLE_BUDGETS: Record<FunctionName, number> = {
  watch: 494_000,
  sweep: 510_000,
  recreate: 801_000,
  switchover: 747_000,
  release: 479_000,
  slack: 20_200,
  answer: 610_000,
};

/** A time against the start of a bare Node; times are medians in milliseconds. */
export interface Against {
  ms: number;
  floorMs: number;
  /** Of time, which the budget limits. */
  ratio: number;
  /** Of processor time, which says more where other programs run. */
  cpuRatio: number;
  budget: number;
  withinBudget: boolean;
}

/** How fast the bundles of the watch and the slack function start in a fresh process, and how big the bundles are. */
export interface StartResult {
  runs: number;
  /** From the start of the process until the bundle is loaded. */
  loaded: Against;
  /** From the start of the process until Slack has its first message, in a trace that is sampled. */
  told: Against;
  /** From the start of the process until the slack function has acknowledged a command. */
  acknowledged: Against;
  /** The calls that were made, or under way, when Slack had its first message. */
  calls: Counts;
  bundles: { name: string; bytes: number; budget: number; withinBudget: boolean }[];
  withinBudget: boolean;
}

/** Starts each program `runs` times, in turns. */
export async function measureStart(runs: number, cores: Cores): Promise<StartResult> {
  await makeBundles();
  const playground = await openPlayground(1, cores.playground);
  const event = { Records: [sqsRecord(bodyFor(playground), "message-0", 1)] };
  const times: Record<"bare" | "loaded" | "told" | "acknowledged", FirstWord>[] = [];
  let calls: Counts = {};
  for (let run = 0; run < runs; run += 1) {
    const bare = await start(BARE, playground);
    const loaded = await start(LOADED, playground);
    const table = await freshTable(playground);
    await playground.counts();
    const told = await start(TOLD, playground, table, event);
    calls = await playground.counts();
    times.push({ bare, loaded, told, acknowledged: await startEntrance(playground) });
  }
  playground.close();
  const against = (key: keyof (typeof times)[number], budget: number): Against => {
    const [ms, cpuMs] = mediansOf(times.map((it) => it[key]));
    const [floorMs, floorCpuMs] = mediansOf(times.map((it) => it.bare));
    const ratio = ms / floorMs;
    return { ms, floorMs, ratio, cpuRatio: cpuMs / floorCpuMs, budget, withinBudget: ratio <= budget };
  };
  const loaded = against("loaded", BUDGETS.loaded);
  const told = against("told", BUDGETS.told);
  const acknowledged = against("acknowledged", BUDGETS.acknowledged);
  const bundles = FUNCTIONS.map((name) => weigh(name, folderBytes(bundleFolder(name))));
  const withinBudget = [loaded, told, acknowledged, ...bundles].every((it) => it.withinBudget);
  return { runs, loaded, told, acknowledged, calls, bundles, withinBudget };
}

const mediansOf = (words: readonly FirstWord[]) => [median(words.map(({ ms }) => ms)), median(words.map(({ cpuMs }) => cpuMs))] as const;

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

function start(program: string, { url, channel }: OpenPlayground, table = "none", event?: SQSEvent): Promise<FirstWord> {
  const folder = bundleFolder("watch");
  const environment = {
    ...lambdaEnvironment("watch", folder),
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
function startEntrance({ url }: OpenPlayground): Promise<FirstWord> {
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
    [VARIABLES.slackSecret]: SLACK_SECRET,
    [VARIABLES.answer]: "answer",
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
  };
  return firstWord({ program: ACKNOWLEDGED, args: [`${folder}index.mjs`, JSON.stringify(event)], folder, environment });
}

/** The size of a function's bundle against its budget. */
export function weigh(name: FunctionName, bytes: number): StartResult["bundles"][number] {
  const budget = BUNDLE_BUDGETS[name];
  return { name, bytes, budget, withinBudget: bytes <= budget };
}
