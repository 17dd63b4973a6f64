import { setTimeout as pause } from "node:timers/promises";
import { RDSClient } from "@aws-sdk/client-rds";
import { ONLOOKER } from "../rds/serve.ts";
import { PEOPLE } from "../slack/people.ts";
import { type DatabasesView, lookAtDatabases, NOTHING_SEEN } from "./databases.ts";
import { Operations, type OperationView } from "./operations.ts";
import type { PageOptions } from "./options.ts";
import { lookAtSwitchovers } from "./switchovers.ts";
import { Viewers } from "./viewers.ts";
import { type ClockView, type LineView, messageView, type StateView, type StoriesView } from "./views.ts";

const LOOK_EVERY_MS = 250;
const SLOWER = 4;
const QUIET_LOOKS = 40;
const MOST_LINES = 500;
const OF_SWITCHOVERS = /switchover/i;

/** What viewers see: sends them what changes, and looks at databases and operations while anybody is watching. */
export class Live {
  readonly #options: PageOptions;
  readonly #looks: RDSClient;
  readonly #viewers = new Viewers();
  readonly #requests: Operations;
  readonly #ended = new AbortController();
  readonly #unsubscribe: (() => void)[];
  #lines: LineView[] = [];
  #lineCount = 0;
  #databases: DatabasesView = NOTHING_SEEN;
  #operations: readonly OperationView[] = [];
  #switchovers: StateView["switchovers"] = {};
  /** True while there are events of a switchover that have not been looked up. */
  #switchoverHeard = false;
  #looking = false;
  #quietLooks = 0;
  #resumeSpeed = 1;
  #sent: { clock: ClockView; at: number; stories: string };

  constructor(options: PageOptions) {
    this.#options = options;
    const { endpoint, region, credentials } = options.aws.config;
    this.#looks = new RDSClient({ endpoint, region, credentials, maxAttempts: 1, customUserAgent: ONLOOKER });
    this.#requests = new Operations(options.records, () => options.requestIds());
    this.#sent = { clock: this.#clock(), at: performance.now(), stories: JSON.stringify(this.#stories()) };
    this.#unsubscribe = [
      options.slack.onMessage(({ message }) => this.#viewers.send({ event: "message", data: messageView(message) })),
      options.journal.onChange((entry) => {
        if (OF_SWITCHOVERS.test(JSON.stringify(entry.envelope))) this.#switchoverHeard = true;
        this.stir();
        this.#viewers.send({ event: "entry", data: entry });
      }),
      options.guard.onChange(() => this.#viewers.send({ event: "guard", data: { alive: options.guard.alive } })),
    ];
  }

  get closed(): boolean {
    return this.#ended.signal.aborted;
  }

  /** Opens one more viewer's stream, which starts with the whole state. */
  async watch(): Promise<ReadableStream<Uint8Array>> {
    if (!this.#looking) await this.#look();
    // Do not await anything between the two: a change in between would be lost.
    const stream = this.#viewers.add({ event: "state", data: this.#state() });
    if (!this.#looking) void this.#keepLooking();
    return stream;
  }

  /** Reports what a person does now. */
  say(text: string): void {
    this.#lineCount += 1;
    const line = { number: this.#lineCount, at: this.#options.clock.now(), text };
    this.#lines = [...this.#lines, line].slice(-MOST_LINES);
    this.#viewers.send({ event: "line", data: line });
  }

  /** Call after something was done or happened: sends what changed in clock and stories, and looks often again. */
  stir(): void {
    this.#quietLooks = 0;
    this.#sendClock();
    this.#sendStories();
  }

  close(): void {
    this.#ended.abort();
    this.#looks.destroy();
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
    this.#viewers.close();
  }

  async #keepLooking(): Promise<void> {
    this.#looking = true;
    while (!this.closed && this.#viewers.count > 0) {
      const every = (this.#options.lookEveryMs ?? LOOK_EVERY_MS) * (this.#quietLooks > QUIET_LOOKS ? SLOWER : 1);
      await pause(every, undefined, { signal: this.#ended.signal }).catch(() => undefined);
      if (this.closed) break;
      await this.#look();
      this.#sendClock();
      this.#sendStories();
    }
    this.#looking = false;
  }

  async #look(): Promise<void> {
    const [seen, operations] = await Promise.all([
      lookAtDatabases(this.#looks).catch((error: Error) => ({ ...this.#databases, trouble: error.message })),
      // What could not be read now is read by the next look.
      this.#requests.look().catch(() => this.#operations),
    ]);
    this.#quietLooks += 1;
    if (differ(seen, this.#databases)) {
      this.#quietLooks = 0;
      this.#databases = seen;
      this.#viewers.send({ event: "databases", data: seen });
    }
    if (differ(operations, this.#operations)) {
      this.#quietLooks = 0;
      this.#operations = operations;
      this.#viewers.send({ event: "operations", data: operations });
    }
    if (this.#switchoverHeard) await this.#lookAtSwitchovers();
  }

  async #lookAtSwitchovers(): Promise<void> {
    this.#switchoverHeard = false;
    try {
      this.#switchovers = await lookAtSwitchovers(this.#looks, this.#options.clock.now());
      this.#viewers.send({ event: "switchovers", data: this.#switchovers });
    } catch {
      // What could not be read now is read by the next look.
      this.#switchoverHeard = true;
    }
  }

  #state(): StateView {
    const { guard, slack, journal } = this.#options;
    return {
      clock: this.#clock(),
      guard: { alive: guard.alive },
      stories: this.#stories(),
      channels: slack.channels.map(({ name }) => name),
      people: PEOPLE,
      messages: [...slack.messages, ...slack.ephemeral].sort((a, b) => a.ts.localeCompare(b.ts)).map(messageView),
      entries: journal.entries,
      lines: this.#lines,
      databases: this.#databases,
      switchovers: this.#switchovers,
      operations: this.#operations,
    };
  }

  #clock(): ClockView {
    const { clock } = this.#options;
    const { speed } = clock;
    if (speed > 0) this.#resumeSpeed = speed;
    return { now: clock.now(), speed, resumeSpeed: this.#resumeSpeed };
  }

  #stories(): StoriesView {
    const { list, playing } = this.#options.stories;
    return { list: list.map(({ name, line }) => ({ name, line })), playing };
  }

  /** Browsers keep counting on their own: only what they cannot foresee is sent. */
  #sendClock(): void {
    const clock = this.#clock();
    const { clock: before, at } = this.#sent;
    const foreseen = before.now + (performance.now() - at) * before.speed;
    if (clock.speed === before.speed && Math.abs(clock.now - foreseen) < Math.max(1_000, 100 * clock.speed)) return;
    this.#sent = { ...this.#sent, clock, at: performance.now() };
    this.#viewers.send({ event: "clock", data: clock });
  }

  #sendStories(): void {
    const stories = this.#stories();
    const text = JSON.stringify(stories);
    if (text === this.#sent.stories) return;
    this.#sent.stories = text;
    this.#viewers.send({ event: "stories", data: stories });
  }
}

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);
