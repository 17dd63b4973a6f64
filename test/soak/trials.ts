import type { Random } from "./random.ts";
import type { Act, Following, Story } from "./story.ts";

/** What is added to a story of chance, so that what one rule alone keeps from doing harm comes up often. */
interface Trial {
  /** What people ask for, once early in the story. */
  asks: "recreate" | "switchover";
  /** What follows, in seconds after each step. */
  follows: readonly [step: Following["step"], after: number, does: Act][];
  chances?: Partial<Story["chances"]>;
  /** Of what its first deployment is. */
  shape?: Partial<Story["families"][0]["shape"]>;
}

type Draw = (random: Random) => Trial;

const ask = (operation: Trial["asks"]): Act => ({ act: "ask", operation, patience: 5, byName: true });
const outage = (service: "RDS changes" | "RDS reads", seconds: number): Act => ({ act: "outage", service, seconds });

/** An operation is ended by force while RDS does not answer it, and somebody asks for the next one at once. */
const forced: Draw = (random) => ({
  asks: "recreate",
  follows: [
    ["started", 0, outage(random.of(["RDS changes", "RDS reads"] as const), random.between(60, 120))],
    ["started", random.between(1, 30), { act: "force", patience: 3 }],
    ["announced", 1, { act: "force", patience: 3 }],
    ["cancelled", random.between(60, 300), ask("recreate")],
    ["cancelled", random.between(200, 450), ask(random.of(["recreate", "switchover"] as const))],
  ],
  chances: { lateStart: 0, lostStart: 0 },
  shape: { built: true, seen: true },
});

/** The deployment changes after its plan was confirmed, and what was confirmed begins late. */
const changed: Draw = (random) => ({
  asks: random.of(["recreate", "switchover"] as const),
  follows: [["asked", random.between(1, 60), { act: "console", happening: { do: "protect" } }]],
  chances: { lateStart: 1, lostStart: 0 },
  shape: { built: true, seen: true },
});

/** Blue is replaced right before green would be deleted, and RDS does not answer for a while. */
const replaced: Draw = (random) => ({
  asks: "recreate",
  follows: [
    ["started", 0, { act: "console", happening: { do: "replace" } }],
    ["started", 0, outage("RDS reads", random.between(150, 600))],
  ],
  shape: { built: true, seen: true },
});

/** A database that is no deployment's own source is renamed by hand before green would be deleted, while RDS does not answer. */
const renamed: Draw = (random) => ({
  asks: "recreate",
  follows: [
    ["started", 0, outage("RDS reads", random.between(250, 600))],
    [
      "started",
      random.between(20, 60),
      {
        act: "console",
        happening: { do: "by hand", pair: random.of([1, 2]), how: "swap", listed: random.of(["new names", "old names"] as const) },
      },
    ],
  ],
  shape: { kind: "aurora", instances: 2, listed: true, endpoint: false, built: true, seen: true },
});

/** RDS accepts a change, and nobody hears of it. */
const cut: Draw = (random) => ({
  asks: random.of(["recreate", "switchover", "switchover", "switchover"] as const),
  follows: [],
  chances: { cut: 0.8, stale: random.between(0.2, 1), lateEvent: 0.5, lateStart: 0, lostStart: 0 },
  shape: { built: true, seen: true },
});

/** Lambda ends an execution while its process hangs, which then goes on. */
const hung: Draw = (random) => {
  const hang = (steps: number): Act => ({ act: "hang", steps, seconds: random.between(400, 1_500) });
  return {
    asks: random.of(["recreate", "recreate", "switchover"] as const),
    follows: [[random.of(["started", "started", "creating"] as const), 0, hang(random.of([0, 0, 1]))]],
  };
};

/** RDS says that another switchover was cancelled while it switches over, and its answers are old. */
const feigned: Draw = (random) => ({
  asks: "switchover",
  follows: [
    ["switching", random.between(0, 10), { act: "console", happening: { do: "event", pair: 0, says: "cancelled" } }],
    ["failed", random.between(5, 60), ask("switchover")],
    ["cancelled", random.between(5, 60), ask("switchover")],
  ],
  chances: { stale: random.between(0.3, 1) },
});

/** Somebody deletes the deployment without green right before the guard would delete it with green. */
const deleted: Draw = () => ({
  asks: "recreate",
  follows: [["started", 0, { act: "console", happening: { do: "delete", withGreen: false } }]],
  shape: { built: true, seen: true },
});

/** RDS does not answer until what was decided is too old. */
const late: Draw = (random) => ({
  asks: random.of(["recreate", "switchover"] as const),
  follows: [["started", 0, outage("RDS reads", random.between(1_900, 3_000))]],
  shape: { built: true, seen: true },
});

const TRIALS: readonly Draw[] = [forced, changed, changed, replaced, renamed, cut, cut, hung, feigned, deleted, late];

/** The story, to most of which a trial is added. */
export function withTrial(story: Story, random: Random): Story {
  if (random.is(0.2)) return story;
  const { asks, follows, chances, shape } = random.of(TRIALS)(random);
  const at = Math.floor(random.between(400, 1_800));
  // The rest of the story would often keep it from coming to that.
  const some = <T>(all: readonly T[]): T[] => all.filter(() => random.is(0.5));
  const followings = follows.map(([step, after, does]): Following => ({ family: 0, step, after, does }));
  const families = story.families.map((it, index) => (index === 0 ? { ...it, shape: { ...it.shape, ...shape } } : it));
  return {
    ...story,
    families,
    acts: [...some(story.acts), { at, family: 0, does: ask(asks) }].sort((a, b) => a.at - b.at),
    followings: [...some(story.followings), ...followings],
    outages: some(story.outages),
    chances: { ...story.chances, ...chances },
  };
}
