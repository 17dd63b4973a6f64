import { type Clock, VirtualClock } from "../../../local/clock.ts";
import { type Kept, recordsInMemory } from "../../../local/records-memory.ts";
import type { Bus } from "../../../src/clients/bus.ts";
import type { Metrics } from "../../../src/clients/metrics.ts";
import type { Rds } from "../../../src/clients/rds/rds.ts";
import type { Records } from "../../../src/clients/records.ts";
import type { Posted, Slack } from "../../../src/clients/slack/slack.ts";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import { lagOf } from "../../../src/deployments/lag.ts";
import type { BusFact } from "../../../src/facts/bus-fact.ts";
import type { Message } from "../../../src/messages/slack/message.ts";

/** What RDS would answer at a moment. */
export interface ApiState {
  deployments: Deployment[];
  databases: Database[];
}

/** A message as it stands in a channel. */
export interface Standing {
  channel: string;
  ts: string;
  thread?: string;
  message: Message;
  /** Milliseconds since 1970. */
  postedAt: number;
}

/** True for the rest of a message that is too long for the channel. */
export const isDetails = ({ thread, message }: Standing): boolean => thread !== undefined && /: (Details$|More about “)/.test(message.text);

/** What a phone shows of a message, without its sign. */
export const textOf = ({ message }: Pick<Standing, "message">): string => message.text.replace(/^(🔴|🟠) /u, "");

/** Where the guard posts what no other channel is set for. */
export const DEFAULT_CHANNEL = "C0BLUEGREEN";

/** The outside as plain memory: it outlives every run of a handler, as DynamoDB and Slack do. */
export class Outside<C extends Clock = VirtualClock> {
  readonly clock: C;
  readonly items = new Map<string, Kept>();
  readonly messages: Standing[] = [];
  /** What stands on the event bus. */
  readonly published: BusFact[] = [];
  readonly requested: string[] = [];
  /** Refuses a call of Slack about a channel with this, while it answers one. */
  refuse: (channel: string) => Error | undefined = () => undefined;
  /** The setting of the same name. */
  channels: readonly string[] = [];
  readonly #api: (now: number) => ApiState;

  constructor(start: number, api: (now: number) => ApiState, clock?: C) {
    this.clock = clock ?? (new VirtualClock(start) as Clock as C);
    this.#api = api;
  }

  get now(): number {
    return this.clock.now();
  }

  get api(): ApiState {
    return this.#api(this.now);
  }

  rds(): Omit<Rds, "events"> {
    return {
      deployment: async (id) => this.api.deployments.find((it) => it.id === id),
      deployments: async () => this.api.deployments,
      databases: async (deployments) => {
        const pairs = deployments.flatMap((it) => [it, ...it.members]);
        const arns = new Set(pairs.flatMap(({ source, target }) => [source, target]));
        return this.api.databases.filter(({ arn }) => arns.has(arn));
      },
      endpoints: async () => [],
    };
  }

  /** What stands in the channels, without details. */
  get told(): Standing[] {
    return this.messages.filter((it) => !isDetails(it));
  }

  /** A CloudWatch that has no data. */
  metrics(): Metrics {
    return { lag: async (metrics) => metrics.map((metric) => lagOf([], metric, 0)) };
  }

  records(): Records {
    return recordsInMemory(this.items);
  }

  bus(): Bus {
    return { publish: async (fact) => void this.published.push(fact), request: async (_operation, id) => void this.requested.push(id) };
  }

  slack(): Slack {
    return {
      channel: DEFAULT_CHANNEL,
      post: async (message, thread, channel = DEFAULT_CHANNEL) => {
        this.#refuse(channel);
        const ts = `${this.messages.length + 1}.000000`;
        this.messages.push({ channel, ts, thread: thread?.ts, message, postedAt: this.now });
        return { channel, ts, inThread: thread !== undefined };
      },
      update: async ({ channel, ts }: Posted, message) => {
        this.#refuse(channel);
        const found = this.messages.find((it) => it.ts === ts && it.channel === channel);
        if (found) found.message = message;
      },
    };
  }

  #refuse(channel: string): void {
    const error = this.refuse(channel);
    if (error) throw error;
  }
}

/** Thrown in place of every further call of a run that was killed. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** When a run is killed: before or after one of its outgoing calls, counted from 0. */
export interface Kill {
  call: number;
  when: "before" | "after";
}

/** What one run calls: counts its calls, lets other runs in between, and ends it where it is killed. */
export class Run {
  calls = 0;
  /** True once a call of it has failed or was lost. */
  isTroubled = false;
  #killed = false;
  readonly #kill: Kill | undefined;
  readonly #pause: () => Promise<void>;

  constructor(kill: Kill | undefined, pause: () => Promise<void>) {
    this.#kill = kill;
    this.#pause = pause;
  }

  get killed(): boolean {
    return this.#killed;
  }

  /** Ends it: none of its calls goes out any more. */
  die(): void {
    this.#killed = true;
  }

  /** The same object, each of its functions counted as an outgoing call. */
  through<T extends object>(port: T): T {
    return new Proxy(port, {
      get: (target, name) => {
        const value: unknown = Reflect.get(target, name);
        return typeof value === "function" ? (...args: unknown[]) => this.#call(() => value.apply(target, args)) : value;
      },
    });
  }

  async #call(run: () => unknown): Promise<unknown> {
    await this.#pause();
    const call = this.calls;
    this.calls += 1;
    if (this.#killed || this.#dies(call, "before")) throw new Killed();
    const answer = await run();
    if (this.#killed || this.#dies(call, "after")) throw new Killed();
    return answer;
  }

  #dies(call: number, when: Kill["when"]): boolean {
    this.#killed ||= this.#kill?.call === call && this.#kill.when === when;
    return this.#killed;
  }
}
