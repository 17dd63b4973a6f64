import type { OperationStep } from "../../src/operations/operation.ts";
import type { OnDegraded } from "../../src/plans/on-degraded.ts";
import type { Happening } from "../support/simulation/hidden/happenings.ts";
import type { Shape } from "../support/simulation/hidden/shape.ts";
import { Random } from "./random.ts";
import { withTrial } from "./trials.ts";

/** What somebody, or chance, does to one of a story's databases. */
export type Act =
  | { act: "console"; happening: Happening }
  | { act: "ddl" }
  | { act: "fail over"; pair: number }
  | { act: "tag"; tag: OnDegraded | undefined }
  | { act: "setting"; onDegraded: OnDegraded }
  /** By name, as the guard wants it where nothing is wrong with a deployment; otherwise by id. */
  | { act: "ask"; operation: "recreate" | "switchover"; patience: number; byName?: boolean }
  | { act: "cancel" | "hold" | "status" }
  | { act: "force"; patience?: number }
  | { act: "foreign" | "stray" }
  | { act: "outage"; service: Service; seconds: number }
  | { act: "die"; status: "FAILED" | "TIMED_OUT" | "STOPPED" }
  /** A process hangs once it has written down that so many more steps are done; meanwhile Lambda ends its execution. */
  | { act: "hang"; steps: number; seconds: number };

/** An act at a time of the story, in seconds since its beginning. */
export interface Timed {
  at: number;
  family: number;
  does: Act;
}

/** An act that follows a step of an operation on its database, some seconds later. */
export interface Following {
  family: number;
  step: OperationStep | "asked" | "intend";
  after: number;
  does: Act;
}

export const SERVICES = ["RDS reads", "RDS changes", "DynamoDB", "Slack", "the bus", "GetDurableExecution"] as const;
export type Service = (typeof SERVICES)[number];
export const HOWS = ["throttled", "failed", "timed out", "answer lost", "refused"] as const;
export type How = (typeof HOWS)[number];

/** A service that does not answer as it should for a time, in seconds since the story's beginning. */
export interface Outage {
  service: Service;
  how: How;
  from: number;
  to: number;
  /** Which part of the calls it befalls. */
  share: number;
}

/** How often what befalls a guard befalls this one, each between 0 and 1. */
export interface Chances {
  kill: number;
  stale: number;
  partial: number;
  hiccup: number;
  lateStart: number;
  lostStart: number;
  doubledStart: number;
  lostEvent: number;
  lateEvent: number;
  doubledEvent: number;
  deadEventLost: number;
  refusal: number;
  /** That RDS's answer to a change is lost, or never comes. */
  silence: number;
  /** That a process dies when RDS accepts a change, and that for a minute answers are as old as that and events are held up. */
  cut: number;
}

/** One blue database and what begins there. */
export interface Family {
  shape: Shape;
  tags: Record<string, string>;
}

/** Everything that is certain of a story before it is played. */
export interface Story {
  seed: number;
  number: number;
  families: Family[];
  onDegraded: OnDegraded;
  approvals: 0 | 1;
  settleMinutes: number;
  tagMayRaise: boolean;
  maxRecreatesPerDay: number;
  /** Where its deployments are told, if not in the default channel. */
  channels: string[];
  /** Seconds until all is healed. */
  lasts: number;
  acts: Timed[];
  followings: Following[];
  outages: Outage[];
  chances: Chances;
}

/** The story with this number of the soak with this seed. */
export function storyOf(seed: number, number: number): Story {
  const random = new Random(seed, number);
  const count = random.weighted([
    [60, 1],
    [22, 2],
    [12, random.between(3, 6)],
    [6, random.between(7, 21)],
  ] as const);
  const families = Array.from({ length: Math.floor(count) }, (_, index) => familyOf(random, index));
  const lasts = Math.floor(random.between(1, 7) * 3_600);
  const rare = (most: number) => (random.is(0.5) ? random.between(0, most) : 0);
  const story: Story = {
    seed,
    number,
    families,
    onDegraded: random.weighted([
      [6, "recreate"],
      [2, "ask"],
      [1, "notify"],
    ] as const),
    approvals: random.is(0.3) ? 1 : 0,
    settleMinutes: random.of([1, 5, 10]),
    tagMayRaise: random.is(0.3),
    maxRecreatesPerDay: random.of([1, 2, 2, 5]),
    // The stock's deployments stay in the default channel.
    channels: number % 2 === 0 ? [] : ["orders*=C0ORDERS001", "users*=C0USERS0001"],
    lasts,
    acts: families.flatMap((_, family) => actsOf(random, family, lasts)).sort((a, b) => a.at - b.at),
    followings: families.flatMap((_, family) => followingsOf(random, family)),
    outages: outagesOf(random, lasts),
    chances: {
      kill: rare(0.3),
      stale: rare(1),
      partial: rare(0.1),
      hiccup: rare(0.03),
      lateStart: rare(0.6),
      lostStart: rare(0.2),
      doubledStart: rare(0.5),
      lostEvent: random.between(0, 0.5),
      lateEvent: random.between(0, 0.5),
      doubledEvent: rare(0.3),
      deadEventLost: random.between(0, 1),
      refusal: rare(0.3),
      silence: rare(0.3),
      cut: 0,
    },
  };
  return withTrial(story, new Random(seed, number, "trial"));
}

function familyOf(random: Random, index: number): Family {
  const name = `${random.of(["orders", "orders", "users", "stock"])}${index === 0 ? "" : index}`;
  const shape: Shape = {
    kind: random.of(["aurora", "aurora", "rds"]),
    name: random.weighted([
      [8, name],
      [1, `${name}-green-abc123`],
      [1, `${name}-old1`],
    ] as const),
    instances: random.of([1, 1, 1, 2, 0]),
    endpoint: random.is(0.3),
    listed: random.is(0.7),
    built: random.is(0.8),
    isProtected: random.is(0.15),
    seen: random.is(0.8),
  };
  const tag = random.weighted([
    [8, undefined],
    [1, "notify"],
    [1, "recreate"],
  ] as const);
  return { shape, tags: tag === undefined ? {} : { "bluegreen-guard:on-degraded": tag } };
}

function actOf(random: Random): Act {
  return random.weighted<Act>([
    [6, { act: "ask", operation: "recreate", patience: random.of([5, 20, 120, 900, 1_700, 2_000]) }],
    [6, { act: "ask", operation: "switchover", patience: random.of([5, 20, 120, 900, 1_700, 2_000]) }],
    [6, { act: "ddl" }],
    [2, { act: "cancel" }],
    [2, { act: "force" }],
    [2, { act: "hold" }],
    [1, { act: "status" }],
    [2, { act: "tag", tag: random.of(["notify", "ask", "recreate", undefined] as const) }],
    [1, { act: "setting", onDegraded: random.of(["notify", "ask", "recreate", "recreate"] as const) }],
    [2, { act: "fail over", pair: random.below(4) }],
    [1, { act: "foreign" }],
    [2, { act: "stray" }],
    [1, { act: "die", status: random.of(["FAILED", "TIMED_OUT", "STOPPED"] as const) }],
    [8, { act: "console", happening: happeningOf(random) }],
  ]);
}

function happeningOf(random: Random): Happening {
  const pair = random.below(4);
  return random.weighted<Happening>([
    [5, { do: "begin" }],
    [3, { do: "delete", withGreen: random.is(0.6) }],
    [3, { do: "again" }],
    [2, { do: "by hand", pair, how: random.of(["swap", "away"] as const), listed: random.of(["new names", "old names"] as const) }],
    [2, { do: "replication", pair, says: random.of(["replicating", "replication degraded", "error", "stopped"]) }],
    [2, { do: "event", pair, says: random.of(["stopped", "resumed", "cancelled", "upgrade failed"] as const) }],
    [1, { do: "invalid" }],
    [1, { do: "replace" }],
    [1, { do: "protect" }],
    [1, { do: "drop", pair, side: random.of(["blue", "green"] as const) }],
    [
      2,
      {
        do: "database",
        pair,
        side: random.of(["blue", "green"] as const),
        status: random.of(["storage-optimization", "rebooting", "available"]),
      },
    ],
  ]);
}

function actsOf(random: Random, family: number, lasts: number): Timed[] {
  const count = random.below(9) + 1;
  const acts: Timed[] = Array.from({ length: count }, () => ({ at: Math.floor(random.between(60, lasts)), family, does: actOf(random) }));
  // What matters most is common to most stories: a degraded deployment, and people who ask.
  if (random.is(0.5)) acts.push({ at: Math.floor(random.between(60, lasts * 0.5)), family, does: { act: "ddl" } });
  if (random.is(0.25)) {
    const at = Math.floor(random.between(60, lasts));
    for (const operation of ["recreate", random.of(["recreate", "switchover"] as const)] as const)
      acts.push({ at, family, does: { act: "ask", operation, patience: random.of([20, 25]) } });
  }
  return acts;
}

const STEPS: readonly Following["step"][] = [
  "asked",
  "asked",
  "intend",
  "announced",
  "started",
  "started",
  "deleting",
  "creating",
  "building",
  "switching",
];

function followingsOf(random: Random, family: number): Following[] {
  return Array.from({ length: random.below(5) }, () => {
    const does = random.weighted<Act>([
      [3, { act: "cancel" }],
      [2, { act: "force" }],
      [2, { act: "hold" }],
      [2, { act: "tag", tag: "notify" }],
      [2, { act: "setting", onDegraded: "notify" }],
      [1, { act: "die", status: "FAILED" }],
      [3, { act: "stray" }],
      [2, { act: "ask", operation: random.of(["recreate", "switchover"] as const), patience: 5 }],
      [6, { act: "console", happening: happeningOf(random) }],
      [4, { act: "console", happening: { do: "begin" } }],
      [3, { act: "console", happening: { do: "replace" } }],
      [4, { act: "console", happening: { do: "protect" } }],
      [
        4,
        {
          act: "outage",
          service: random.of(["RDS changes", "RDS changes", "RDS reads", "DynamoDB"] as const),
          seconds: random.of([20, 120, 2_400]),
        },
      ],
    ]);
    return { family, step: random.of(STEPS), after: random.of([0, 0, 1, 2, 5, 30, 90, 600]), does };
  });
}

function outagesOf(random: Random, lasts: number): Outage[] {
  return Array.from({ length: random.below(5) }, () => {
    const from = Math.floor(random.between(0, lasts));
    const length = random.is(0.5) ? random.between(30, 600) : random.between(600, 7_200);
    return {
      service: random.of(SERVICES),
      how: random.of(HOWS),
      from,
      to: Math.min(lasts, Math.floor(from + length)),
      share: random.of([0.3, 0.7, 1, 1]),
    };
  });
}
