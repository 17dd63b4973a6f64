import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Message } from "../../../../src/messages/slack/message.ts";
import { type ApiState, DEFAULT_CHANNEL } from "../../../support/simulation/ports.ts";
import { type Recording, record } from "../recording.ts";
import { type Interruption, Scene } from "./scene.ts";

const OWN = "C0PAYMENTS1";
const MINUTE = 60;
const DBA = "<@U0DBA>";
const PEOPLE = ["U0ONCALL", "U0COLLEAGUE"];

let recording: Recording;
let ddl: object;
beforeAll(async () => {
  recording = await record("ready");
  const { events } = await record("degraded");
  ddl = events.find(({ envelope }) => /Data definition language/.test(envelope.detail.Message))?.envelope ?? {};
});

/** A message when it was posted: whom it mentions, and at which incident. */
interface Posted {
  channel: string;
  isCall: boolean;
  incident: string;
}

/** A deployment that is ready, and every message that is posted from then on as it was posted. */
async function watched(channels: readonly string[] = []) {
  const scene = new Scene(recording);
  scene.outside.channels = channels;
  scene.settings = { operations: false, commands: true, mentions: ["now=S0ONCALL", "later=U0DBA"] };
  const events = await scene.until(/^/);
  await scene.play([[60 * MINUTE, () => scene.watch(events)]]);
  const posted: Posted[] = [];
  const slack = scene.outside.slack();
  const post: typeof slack.post = async (message, thread, channel) => {
    const at = await slack.post(message, thread, channel);
    posted.push({ channel: channel ?? DEFAULT_CHANNEL, isCall: isCall(message), incident: incidentOf(scene) });
    return at;
  };
  scene.outside.slack = () => ({ ...slack, post });
  const whole = recording.states.findLast(({ at }) => at <= scene.outside.now)?.state as ApiState;
  return { scene, posted, whole };
}

const isCall = ({ blocks: [first] }: Message): boolean => new RegExp(`${DBA}|Nobody has taken`).test(JSON.stringify(first));
const incidentOf = (scene: Scene): string => scene.record.incident?.since ?? "none";

/** The same deployment, whose configuration RDS calls invalid. */
const broken = ({ deployments, databases }: ApiState): ApiState => ({
  deployments: deployments.map((it) => ({ ...it, status: "INVALID_CONFIGURATION" })),
  databases,
});

/** RDS shows it broken until it heals. */
function brokenIn(scene: Scene, whole: ApiState): { breaks(): Promise<void>; heals(): Promise<void> } {
  scene.api = () => broken(whole);
  return {
    breaks: async () => {
      scene.api = () => broken(whole);
    },
    heals: async () => {
      scene.api = () => whole;
    },
  };
}

/** Sweeps every five minutes, until `minutes` from now. */
const sweeps = (scene: Scene, minutes: number) =>
  Array.from({ length: Math.floor(minutes / 5) }, (_, index): [number, () => Promise<void>] => [
    (index + 1) * 5 * MINUTE,
    () => scene.sweep(),
  ]);

/** How often each incident called, in the channel where it called most. */
function callsOf(posted: readonly Posted[]): number[] {
  const calls = posted.filter((it) => it.isCall);
  return [...Map.groupBy(calls, ({ incident, channel }) => `${incident} ${channel}`).values()].map(({ length }) => length);
}

describe("those who are named for it are mentioned", () => {
  it("twice where nobody comes, in each of its channels, and anew when it breaks anew", async () => {
    const { scene, posted, whole } = await watched([`*=${OWN}`]);
    const rds = brokenIn(scene, whole);
    await scene.play([...sweeps(scene, 90), [92 * MINUTE, rds.heals]]);
    await scene.play(sweeps(scene, 20));
    await rds.breaks();
    await scene.play(sweeps(scene, 90));
    expect(callsOf(posted)).toEqual([2, 2, 2, 2]);
  });

  it("once where somebody takes it in time", async () => {
    const { scene, posted, whole } = await watched();
    brokenIn(scene, whole);
    await scene.play([...sweeps(scene, 90), [20 * MINUTE, () => scene.take("U0ONCALL")]]);
    expect(callsOf(posted)).toEqual([1]);
  });

  it("once where it heals while their reminder waits for Slack", async () => {
    const { scene, posted, whole } = await watched();
    const rds = brokenIn(scene, whole);
    await scene.play(sweeps(scene, 30));
    await scene.busy(40 * MINUTE);
    await scene.play([...sweeps(scene, 60), [12 * MINUTE, rds.heals]]);
    expect(callsOf(posted)).toEqual([1]);
  });

  it("not at all where it heals before its entry stands in Slack", async () => {
    const { scene, posted, whole } = await watched();
    const rds = brokenIn(scene, whole);
    await scene.busy(30 * MINUTE);
    await scene.play([...sweeps(scene, 20), [12 * MINUTE, rds.heals]]);
    await scene.play(sweeps(scene, 60));
    expect(scene.messages(/Invalid configuration/).length).toBeGreaterThan(0);
    expect(callsOf(posted)).toEqual([]);
  });

  it.each(["before", "after"] as const)("at most once more where the sweep that reminds is killed %s any of its calls", async (when) => {
    for (let nth = 1; nth < 60; nth += 3) {
      const { scene, posted, whole } = await watched();
      brokenIn(scene, whole);
      await scene.play(sweeps(scene, 35));
      await scene.play([[5 * MINUTE, () => scene.sweep({ call: /./, nth, when, does: "dies" })]]);
      await scene.play(sweeps(scene, 60));
      const [calls = 0] = callsOf(posted);
      expect(calls, `call ${nth}`).toBeGreaterThanOrEqual(2);
      expect(calls, `call ${nth}`).toBeLessThanOrEqual(when === "after" ? 3 : 2);
    }
  });
});

/** What happens at a second: RDS shows it broken or whole, an event or a sweep comes, somebody presses; a run may die. */
const happening = fc.record({
  at: fc.integer({ min: 0, max: 150 * MINUTE }),
  what: fc.constantFrom("breaks", "heals", "event", "sweep", "press", "press"),
  by: fc.constantFrom(...PEOPLE),
});
const kill = fc.record({
  at: fc.integer({ min: 0, max: 40 }),
  nth: fc.integer({ min: 1, max: 40 }),
  when: fc.constantFrom("before", "after"),
});

it("over any order of events, presses, sweeps and kills nobody is mentioned more than twice an incident", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { maxLength: 14 }), fc.option(kill), fc.boolean(), async (happenings, dies, isApart) => {
      const { scene, posted, whole } = await watched(isApart ? [`*=${OWN}`] : []);
      const rds = brokenIn(scene, whole);
      let runs = 0;
      const interruption = (): Interruption | undefined => {
        runs += 1;
        return dies && runs === dies.at + 1 ? { call: /./, nth: dies.nth, when: dies.when as "before" | "after", does: "dies" } : undefined;
      };
      const deeds = {
        ...rds,
        event: () => scene.watch([ddl], interruption()),
        sweep: () => scene.sweep(interruption()),
        press: (by: string) => scene.take(by, interruption()),
      };
      await scene.play([
        ...happenings.map(({ at, what, by }): [number, () => Promise<void>] => [at, () => deeds[what as keyof typeof deeds](by)]),
        ...sweeps(scene, 180).map(([at]): [number, () => Promise<void>] => [at, deeds.sweep]),
      ]);
      const most = dies?.when === "after" ? 3 : 2;
      for (const calls of callsOf(posted)) expect(calls).toBeLessThanOrEqual(most);
      const { incident } = scene.record;
      if (incident) expect(incident.facts.length).toBeLessThanOrEqual(4);
    }),
    { numRuns: 40 },
  );
});
