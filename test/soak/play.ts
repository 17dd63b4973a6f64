import { type OperationRequest, requestIdOf } from "../../src/operations/request.ts";
import type { Happening } from "../support/simulation/hidden/happenings.ts";
import { expectSafeWords, expectTrueMoment, expectTrueOutcomes, type Judged, sentTexts } from "../support/simulation/hidden/judge.ts";
import { momentOf } from "../support/simulation/hidden/said.ts";
import type { Truly } from "../support/simulation/hidden/world.ts";
import { judgeEnd } from "./ending.ts";
import { FOREIGN } from "./people.ts";
import { Random } from "./random.ts";
import { START, Stage } from "./stage.ts";
import type { Act, Story } from "./story.ts";
import type { Counts, RuleName, Violation } from "./violation.ts";

const SWEEP_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
/** How long RDS must not answer after a database was renamed by hand while the guard works on it. */
const RENAMED_SECONDS = 120;
/** How long all goes well at the end. */
const QUIET_HOURS = 54;
/** How long sweeps come every five minutes after all has healed; then one in three hours shows as much. */
const BUSY_HOURS_AFTER = 2;

/** What came of a story. */
export interface Played {
  story: Story;
  violations: readonly Violation[];
  counts: Counts;
  /** What happened, a line each. */
  steps: readonly string[];
}

/** Plays a story to its end, or to its first violation. */
export async function playStory(story: Story): Promise<Played> {
  const stage = new Stage(story);
  const { clock, monitor, tasks, guard } = stage;
  const end = START + story.lasts * 1_000 + QUIET_HOURS * HOUR_MS;
  for (const world of guard.worlds) world.heard = (said) => deliverEvents(stage, said);
  for (const rds of stage.rds) rds.follow();
  followSteps(stage);
  tasks.begin(() => sweep(stage, end));
  tasks.begin(() => look(stage));
  tasks.after(story.lasts * 1_000, async () => stage.rds.forEach((it) => void it.heal()));
  for (const { at, family, does } of story.acts) tasks.after(at * 1_000, () => act(stage, family, does));
  await clock.play(end, () => monitor.violations.length > 0);
  if (monitor.violations.length === 0) judgeEnd(stage);
  return { story, violations: monitor.violations, counts: countsOf(stage), steps: stage.steps };
}

async function sweep(stage: Stage, end: number): Promise<void> {
  const { tasks, clock, story } = stage;
  const random = new Random(story.seed, story.number, "sweeps");
  if (story.families[0]?.shape.seen) await stage.sweep();
  while (clock.now() < end) {
    const isBusy = stage.seconds < story.lasts + BUSY_HOURS_AFTER * 3_600;
    await tasks.pass(isBusy ? SWEEP_MS : 36 * SWEEP_MS);
    await stage.sweep();
    judgeSent(stage);
    if (!stage.troubles.isHealed && random.is(0.05)) await tasks.pass(random.between(1, 12) * SWEEP_MS);
  }
}

/** Now and then somebody looks at a deployment: what they see must be true, and agree with itself. */
async function look(stage: Stage): Promise<void> {
  const { tasks, guard, story } = stage;
  const random = new Random(story.seed, story.number, "looks");
  while (stage.seconds < story.lasts + BUSY_HOURS_AFTER * 3_600) {
    await tasks.pass(random.between(1, stage.troubles.isHealed ? 60 : 30) * 60_000);
    const world = random.of(guard.worlds);
    const deployment = [...world.ever.values()].at(-1);
    if (deployment) await judgeMoment(stage, deployment, random);
  }
}

async function judgeMoment(stage: Stage, { id }: Truly, random: Random): Promise<void> {
  const { guard, story } = stage;
  const lags = random.is(story.chances.stale) ? [random.of([0, 20, 59]), random.of([0, 20, 59])] : [];
  const moment = await momentOf(guard, id, { lags });
  if (!moment) return;
  judging(stage, "contradictions", () => expectTrueMoment(moment, judgedOf(stage)));
  judging(stage, "never 0", () => expectSafeWords(moment.texts, judgedOf(stage)));
}

function judgeSent(stage: Stage): void {
  judging(stage, "never 0", () => expectSafeWords(sentTexts(stage.guard), judgedOf(stage)));
  stage.guard.sent.length = 0;
  judging(stage, "outcomes that are not true", () => expectTrueOutcomes(judgedOf(stage)));
}

function judging(stage: Stage, rule: RuleName, judge: () => void): void {
  try {
    judge();
  } catch (error) {
    if (!(error instanceof Error) || error.name !== "FalseError") throw error;
    stage.monitor.violate(rule, error.message);
  }
}

const judgedOf = ({ guard: { worlds, outside, sent }, engine: { executions } }: Stage): Judged => ({
  worlds,
  outside,
  sent,
  executions,
  harm: [],
});

/** Each event comes, but for those that are lost, after some time, and perhaps again. */
function deliverEvents(stage: Stage, said: Parameters<Stage["deliver"]>[0]): void {
  const { story, tasks, troubles } = stage;
  const { chances } = story;
  const random = new Random(story.seed, story.number, said.at, said.message, said.name);
  stage.note(`RDS says of ${said.name}: ${said.message}`);
  const least = stage.isCut ? 60 : 1;
  const later = () => random.between(least, random.is(chances.lateEvent) ? 7_200 : least + 9) * 1_000;
  if (troubles.isHealed || !random.is(chances.lostEvent)) tasks.after(later(), () => stage.deliver(said));
  if (!troubles.isHealed && random.is(chances.doubledEvent)) tasks.after(later(), () => stage.deliver(said));
}

/** What follows a step of an operation follows it once. */
function followSteps(stage: Stage): void {
  const { story, tasks, guard } = stage;
  const left = new Set(story.followings);
  const noted = new Set<string>();
  stage.stepped = (request, step) => {
    const key = `${request.key} ${request.resumed?.length ?? 0} ${step}`;
    if (noted.has(key)) return;
    noted.add(key);
    stage.note(`${request.operation} ${request.key.slice(8, 16)} of ${request.deploymentId}: ${step}`);
    const family = guard.worlds.findIndex(({ ever }) => ever.has(request.deploymentId));
    for (const it of left) {
      if (it.family !== family || it.step !== step || stage.troubles.isHealed) continue;
      left.delete(it);
      tasks.after(it.after * 1_000 + 1, () => act(stage, family, it.does));
    }
  };
}

async function act(stage: Stage, family: number, does: Act): Promise<void> {
  const { engine, people, guard } = stage;
  const world = stage.worldOf(family);
  const id = world.truth.deployments.at(-1)?.id ?? [...world.ever.keys()].at(-1) ?? "";
  stage.note(`${JSON.stringify(does)} in world ${family} (${id})`);
  switch (does.act) {
    case "console":
      return console(stage, family, does.happening);
    case "ddl":
      stage.rds[family]?.happen({ do: "event", pair: 0, says: "degraded" });
      if (stage.story.families[family]?.shape.kind === "rds")
        stage.rds[family]?.happen({ do: "replication", pair: 0, says: "replication degraded" });
      return;
    case "fail over":
      return stage.rds[family]?.happen({ do: "database", pair: does.pair, side: "blue", status: "failing-over" });
    case "tag":
      return world.change(({ deployments }) => {
        const last = deployments.at(-1);
        if (!last) return;
        const { "bluegreen-guard:on-degraded": _, ...tags } = last.tags;
        last.tags = does.tag === undefined ? tags : { ...tags, "bluegreen-guard:on-degraded": does.tag };
      });
    case "setting":
      stage.onDegraded = does.onDegraded;
      return;
    case "ask":
      return people.ask(does, (does.byName && world.ever.get(id)?.name) || id);
    case "cancel":
      return people.cancel(id);
    case "force":
      return people.force(id, does.patience);
    case "status":
      return people.status(id);
    case "hold":
      return people.hold();
    case "foreign":
      return void (await guard.watch([foreign(stage, world.said.at(-1)?.name ?? "orders")], { lags: [] }, undefined, "999999999999"));
    case "outage":
      return stage.troubles.begin(does.service, does.seconds);
    case "stray":
      return stray(stage, family);
    case "die":
    case "hang": {
      const running = engine.executions.filter((it) => it.status === "RUNNING");
      const one = running.find(({ requestId }) => world.ever.has(stage.monitor.request(requestId)?.deploymentId ?? ""));
      return one && (does.act === "die" ? engine.end(one, does.status) : engine.hang(one, does));
    }
  }
}

const foreign = ({ clock }: Stage, name: string) => ({ at: clock.now(), sourceType: "CLUSTER" as const, name, message: FOREIGN });

function console(stage: Stage, family: number, happening: Happening): void {
  if (happening.do === "by hand" && !mayRename(stage, family)) return;
  if ((happening.do === "by hand" || happening.do === "replace") && !isKnown(stage, family)) return;
  stage.rds[family]?.happen(happening);
}

/** Anybody who may write to the guard's bus starts a function with a request that is there, whatever stands in it. */
function stray({ guard, engine }: Stage, family: number): void {
  const requests = [...guard.outside.items.values()].map(({ item }) => item as OperationRequest).filter(({ key }) => requestIdOf(key));
  const ofFamily = requests.filter(({ deploymentId }) => guard.worlds[family]?.ever.has(deploymentId));
  const last = ofFamily.at(-1);
  if (last) engine.start(last.operation, requestIdOf(last.key) ?? "");
}

/**
 * Nobody renames databases while the guard works on them: it could not see that in time. A recreation that cannot ask RDS for longer than
 * RDS's answers are old sees it before its next change.
 */
function mayRename({ guard, engine, monitor, troubles }: Stage, family: number): boolean {
  const ever = guard.worlds[family]?.ever;
  const running = engine.executions.filter((it) => it.status === "RUNNING" || it.lingers);
  const atWork = running.filter(({ requestId }) => ever?.has(monitor.request(requestId)?.deploymentId ?? ""));
  return atWork.length === 0 || (atWork.every((it) => it.operation === "recreate") && troubles.isOut("RDS reads", RENAMED_SECONDS));
}

/** Who first looks after blue was renamed or replaced takes what is there for the beginning. */
function isKnown({ guard }: Stage, family: number): boolean {
  const newest = [...(guard.worlds[family]?.ever.keys() ?? [])].at(-1);
  return guard.record(newest ?? "")?.seen !== undefined && [...guard.named].some((it) => it.startsWith(`${newest}|`));
}

function countsOf({ guard, monitor, kills, troubles, story, seconds }: Stage): Counts {
  const requests = [...guard.outside.items.values()].map(({ item }) => item).filter(({ key }) => key.startsWith("request#"));
  const accepted = (call: string) => monitor.asked.filter((it) => it.call === call && it.accepted).length;
  return {
    stories: 1,
    deployments: guard.worlds.reduce((sum, { ever }) => sum + ever.size, 0),
    simulatedMs: seconds * 1_000,
    kills,
    outages: story.outages.length,
    failedCalls: troubles.failed,
    begun: requests.filter((it) => "usedBy" in it && it.usedBy !== undefined).length,
    ended: requests.filter((it) => "usedBy" in it && "outcome" in it).length,
    deletions: accepted("deleteWithGreen"),
    creations: accepted("create"),
    switchovers: accepted("switchOver"),
  };
}
