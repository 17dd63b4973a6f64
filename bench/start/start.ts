import { randomUUID } from "node:crypto";
import type { SQSEvent } from "aws-lambda";
import { bundleFolder, FUNCTIONS, type FunctionName } from "../../infra/bundle-folder.ts";
import { makeBundles } from "../../infra/bundles.ts";
import { SIGNING_SECRET, SLACK_SECRET } from "../../lab/secrets.ts";
import { signedHeaders } from "../../lab/slack/sending.ts";
import { ensureTable } from "../../local/records-server.ts";
import { VARIABLES } from "../../src/settings/settings.ts";
import { atMost, BUDGETS, type Verdict } from "../budgets.ts";
import type { Cores } from "../cores.ts";
import type { Counts } from "../counts.ts";
import { lambdaEnvironment } from "../lambda-environment.ts";
import { awsAt, type OpenPlayground, openPlayground } from "../playground.ts";
import { nextBody, sqsRecord } from "../rds-events.ts";
import { median } from "../statistics.ts";
import { watchEnvironment } from "../watch-environment.ts";
import { folderBytes } from "./folder-bytes.ts";
import { ACKNOWLEDGED, BARE, type FirstWord, firstWord, LOADED, programArgs, TOLD } from "./fresh-process.ts";
import { peerIn } from "./peer.ts";

/**
 * How many bytes the bundle of each function may have: at most a tenth more than it has. Some 75,000 of them are words: whoever writes a card
 * can say all that any operation may have ended with, and what its checks found.
 */
const BUNDLE_BUDGETS: Record<FunctionName, number> = {
  watch: 560_000,
  sweep: 576_000,
  recreate: 816_000,
  switchover: 760_000,
  release: 543_000,
  slack: 22_800,
  answer: 625_000,
};

/** A start against another one, right before or after it; all are medians of the runs. */
export interface Against {
  ms: number;
  floorMs: number;
  /** Of time, which the budget limits. */
  ratio: number;
  /** Of processor time, which says more where other programs run. */
  cpuRatio: number;
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
  /** Told, against terraform-aws-notify-slack's function until Slack has its message; why there is no such figure if it was not measured. */
  peer: Against | string;
  bundles: { name: FunctionName; bytes: number }[];
  verdicts: Verdict[];
}

/** How often each program starts, and where a copy of terraform-aws-notify-slack is. */
export interface StartOptions {
  runs: number;
  notifySlack?: string;
}

type Started = "bare" | "loaded" | "told" | "acknowledged";

/** Starts each program `runs` times, in turns. */
export async function measureStart({ runs, notifySlack }: StartOptions, cores: Cores): Promise<StartResult> {
  await makeBundles();
  const playground = await openPlayground(1, cores.playground);
  const event = { Records: [sqsRecord(bodyFor(playground), "message-0", 1)] };
  const other = peerIn(notifySlack, playground);
  const turns: (Record<Started, FirstWord> & { peer?: FirstWord })[] = [];
  let calls: Counts = {};
  for (let run = 0; run < runs; run += 1) {
    const bare = await start(BARE, playground);
    const loaded = await start(LOADED, playground);
    const table = await freshTable(playground);
    await playground.counts();
    const told = await start(TOLD, playground, table, event);
    calls = await playground.counts();
    const peer = typeof other === "string" ? undefined : await other.start();
    turns.push({ bare, loaded, told, peer, acknowledged: await startEntrance(playground) });
  }
  playground.close();
  const toBare = (key: Started) => againstOf(turns.map((it) => [it[key], it.bare]));
  const [loaded, told, acknowledged] = [toBare("loaded"), toBare("told"), toBare("acknowledged")];
  const peer = typeof other === "string" ? other : againstOf(turns.map((it) => [it.told, it.peer ?? it.bare]));
  const bundles = FUNCTIONS.map((name) => ({ name, bytes: folderBytes(bundleFolder(name)) }));
  const budget = BUDGETS.start;
  const verdicts = [
    atMost("times a bare Node's start until the watch function is loaded", loaded.ratio, budget.loaded),
    atMost("times a bare Node's start until it has told first", told.ratio, budget.told),
    atMost("times a bare Node's start until the slack function has acknowledged", acknowledged.ratio, budget.acknowledged),
    ...(typeof peer === "string"
      ? []
      : [atMost("times terraform-aws-notify-slack's function until the first message", peer.ratio, BUDGETS.peer)]),
    ...bundles.map(weigh),
  ];
  return { runs, loaded, told, acknowledged, calls, peer, bundles, verdicts };
}

/** Each start against the other one of its turn. */
function againstOf(turns: readonly (readonly [FirstWord, FirstWord])[]): Against {
  const medianOf = (value: (pair: readonly [FirstWord, FirstWord]) => number) => median(turns.map(value));
  return {
    ms: medianOf(([it]) => it.ms),
    floorMs: medianOf(([, floor]) => floor.ms),
    ratio: medianOf(([it, floor]) => it.ms / floor.ms),
    cpuRatio: medianOf(([it, floor]) => it.cpuMs / floor.cpuMs),
  };
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

function start(program: string, playground: OpenPlayground, table = "none", event?: SQSEvent): Promise<FirstWord> {
  const folder = bundleFolder("watch");
  const environment = watchEnvironment(playground, table);
  const args = programArgs(program, [`${folder}index.mjs`, ...(event ? [JSON.stringify(event)] : [])]);
  return firstWord({ command: process.execPath, args, folder, environment });
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
  const args = programArgs(ACKNOWLEDGED, [`${folder}index.mjs`, JSON.stringify(event)]);
  return firstWord({ command: process.execPath, args, folder, environment });
}

/** The size of a function's bundle against its budget. */
export function weigh({ name, bytes }: StartResult["bundles"][number]): Verdict {
  return atMost(`bytes of the bundle of ${name}`, bytes, BUNDLE_BUDGETS[name]);
}
