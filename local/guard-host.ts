import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import type { Log } from "../src/clients/telemetry.ts";
import type { LocalGuard, LocalGuardOptions } from "./guard.ts";
import type { CallName, FromGuard, ToGuard } from "./guard-messages.ts";
import type { Requested } from "./operations.ts";

/** The guard in its own process, which can be killed at any time and started again, as Lambda's can. */
export interface GuardHost extends LocalGuard {
  readonly alive: boolean;
  /** The process's id, for signals; undefined while there is none. */
  readonly pid: number | undefined;
  start(): void;
  /** Ends the process with SIGKILL, in the middle of whatever it is doing. */
  kill(): void;
  /** Tells the process the time and how fast it runs. */
  setClock(clock: { now: number; speed: number }): void;
  /** Calls `listener` whenever the process has started or ended, until the returned function is called. */
  onChange(listener: () => void): () => void;
}

/** Options for a guard host. */
export interface GuardHostOptions extends Omit<LocalGuardOptions, "time" | "records" | "executions"> {
  clock(): { now: number; speed: number };
}

const PROGRAM = fileURLToPath(new URL("./guard-process.ts", import.meta.url));

/** Creates the host of a guard's process and starts the process. */
export function createGuardHost({ clock, log, ...options }: GuardHostOptions): GuardHost {
  const host = new Host(clock, log, options);
  host.start();
  return host;
}

interface Call {
  resolve(result: SQSBatchResponse | undefined): void;
  reject(error: Error): void;
}

class Host implements GuardHost {
  readonly #clock: GuardHostOptions["clock"];
  readonly #log: Log;
  readonly #options: Omit<GuardHostOptions, "clock" | "log">;
  readonly #calls = new Map<number, Call>();
  readonly #listeners = new Set<() => void>();
  #child: ChildProcess | undefined;
  #slackUrl: string | undefined;
  #count = 0;

  constructor(clock: GuardHostOptions["clock"], log: Log, options: Omit<GuardHostOptions, "clock" | "log">) {
    this.#clock = clock;
    this.#log = log;
    this.#options = options;
  }

  get alive(): boolean {
    return this.#child !== undefined;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  start(): void {
    if (this.#child) return;
    const child = fork(PROGRAM);
    this.#child = child;
    child.on("message", (message: FromGuard) => this.#hear(message));
    child.on("exit", () => this.#ended(child));
    this.#send({ options: this.#options });
    this.setClock(this.#clock());
    this.#changed();
  }

  kill(): void {
    this.#child?.kill("SIGKILL");
  }

  setClock(clock: { now: number; speed: number }): void {
    this.#send({ clock });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async watch(event: SQSEvent, context: Context): Promise<SQSBatchResponse> {
    return (await this.#call("watch", context, event)) ?? { batchItemFailures: [] };
  }

  async webhook(event: SQSEvent): Promise<SQSBatchResponse> {
    return (await this.#call("webhook", {}, event)) ?? { batchItemFailures: [] };
  }

  async sweep(): Promise<void> {
    await this.#call("sweep", {});
  }

  get slackUrl(): string | undefined {
    return this.#slackUrl;
  }

  async answer(delivery: SlackDelivery): Promise<void> {
    await this.#call("answer", {}, delivery);
  }

  async begin(requested: Requested): Promise<void> {
    await this.#call("begin", {}, requested);
  }

  #call(name: CallName, context: object, event?: SQSEvent | Requested | SlackDelivery): Promise<SQSBatchResponse | undefined> {
    if (!this.#child) return Promise.reject(new Error("The guard is not running: its messages wait in the queue until it is started."));
    this.#count += 1;
    const call = this.#count;
    const answered = new Promise<SQSBatchResponse | undefined>((resolve, reject) => this.#calls.set(call, { resolve, reject }));
    // Functions cannot be sent between processes; the handlers get their remaining time from the process itself.
    this.#send({ call, name, event, context: JSON.parse(JSON.stringify(context)) });
    return answered;
  }

  #hear(message: FromGuard): void {
    if ("asks" in message) this.setClock(this.#clock());
    else if ("slackUrl" in message) this.#slackUrl = message.slackUrl;
    else if ("log" in message) this.#log[message.log](message.message, message.details);
    else this.#answered(message);
  }

  #answered({ call, result, error }: Extract<FromGuard, { call: number }>): void {
    const waiting = this.#calls.get(call);
    this.#calls.delete(call);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error));
  }

  #ended(child: ChildProcess): void {
    if (this.#child !== child) return;
    this.#child = undefined;
    this.#slackUrl = undefined;
    for (const { reject } of this.#calls.values()) reject(new Error("The guard was killed in the middle of a run."));
    this.#calls.clear();
    this.#changed();
  }

  #send(message: ToGuard): void {
    // A process that has just been killed takes no more messages; its exit then rejects the calls that wait for an answer.
    this.#child?.send(message, () => undefined);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
