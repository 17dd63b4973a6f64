import { SlackError } from "../../src/clients/slack/failure.ts";
import type { PortName } from "../support/simulation/hidden/guard.ts";
import type { Run } from "../support/simulation/ports.ts";
import { Random } from "./random.ts";
import { HOWS, type How, type Outage, type Service, type Story } from "./story.ts";

const SERVICE_OF: Record<PortName, Service> = {
  rds: "RDS reads",
  changes: "RDS changes",
  records: "DynamoDB",
  slack: "Slack",
  bus: "the bus",
};

/** What befalls the calls of a guard in a story. */
export class Troubles {
  /** How many calls failed, or were lost. */
  failed = 0;
  readonly #story: Story;
  readonly #more: Outage[] = [];
  readonly #random: Random;
  readonly #seconds: () => number;

  /** `seconds` since the story's beginning. */
  constructor(story: Story, seconds: () => number) {
    this.#story = story;
    this.#seconds = seconds;
    this.#random = new Random(story.seed, story.number, "troubles");
  }

  /** A service fails from now on, for so many seconds. */
  begin(service: Service, seconds: number): void {
    const now = this.#seconds();
    this.#more.push({ service, how: this.#random.of(HOWS), from: now, to: now + seconds, share: 1 });
  }

  /** True if none of the service's calls succeeds in the next so many seconds. */
  isOut(service: Service, seconds: number): boolean {
    const [now, until] = [this.#seconds(), this.#seconds() + seconds];
    if (until >= this.#story.lasts) return false;
    return [...this.#more, ...this.#story.outages].some(
      (it) => it.service === service && it.share === 1 && it.how !== "answer lost" && it.from <= now && until < it.to,
    );
  }

  get isHealed(): boolean {
    return this.#seconds() >= this.#story.lasts;
  }

  /** The port as a run gets it, whose calls can fail. */
  around<T extends object>(name: PortName, port: T, run: Run): T {
    return new Proxy(port, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key);
        if (typeof value !== "function" || key === "preflight") return value;
        return (...args: unknown[]) => this.call(SERVICE_OF[name], () => value.apply(target, args), run);
      },
    });
  }

  /** Makes a call of a service, or lets it fail. */
  async call<T>(service: Service, make: () => Promise<T>, run?: Run): Promise<T> {
    const how = this.#howOf(service);
    if (how === undefined) return make();
    if (run) run.isTroubled = true;
    this.failed += 1;
    if (how === "answer lost") await make();
    throw errorOf(service, how);
  }

  #howOf(service: Service): How | undefined {
    if (this.isHealed) return undefined;
    const { outages, chances } = this.#story;
    const now = this.#seconds();
    const outage = [...this.#more, ...outages].find((it) => it.service === service && now >= it.from && now < it.to);
    if (outage && this.#random.is(outage.share)) return outage.how;
    if (service === "RDS changes" && this.#random.is(chances.refusal)) return "refused";
    if (service === "RDS changes" && this.#random.is(chances.silence))
      return this.#random.of(["timed out", "answer lost", "failed"] as const);
    if (!this.#random.is(chances.hiccup)) return undefined;
    return this.#random.of(["throttled", "failed", "timed out", "answer lost"] as const);
  }
}

function errorOf(service: Service, how: How): Error {
  const words = `${service}: ${how}`;
  if (service === "Slack")
    return new SlackError(how === "refused" ? "settings" : "later", words, undefined, how === "throttled" ? { retryAfterSeconds: 30 } : {});
  const call = (name: string, httpStatusCode?: number) =>
    Object.assign(new Error(words), { name, $metadata: { ...(httpStatusCode && { httpStatusCode }) } });
  if (how === "throttled") return call("ThrottlingException", 400);
  if (how === "failed") return call("InternalFailure", 500);
  if (how !== "refused") return call("TimeoutError");
  return service === "RDS changes" ? call("InvalidBlueGreenDeploymentStateFault", 400) : call("AccessDeniedException", 403);
}
