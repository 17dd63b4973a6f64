import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import { createExecutions, type Executions } from "../../../src/clients/executions.ts";
import { type OperationRequest, requestIdOf, requestKey } from "../../../src/operations/request.ts";
import { cancelRequest } from "../../../src/operations/requests.ts";
import { wake } from "../../../src/operations/waiting/wake.ts";
import { buttonFor, ONCALL, openSlackLab, type SlackLab } from "../../support/conversation/slack-lab.ts";
import { HOUR, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { withoutDetails } from "../../support/lab/stage.ts";
import { REQUEST } from "../../support/operations/recreating.ts";
import { ready } from "../../support/operations/switching.ts";
import { recreateWith } from "./holds/recreate-with.ts";

const SECOND = 1_000;
type Between = (own: Executions) => Executions;

/** A recreation in a lab that takes as long as RDS; time passes only where the scene lets it. */
interface Recreating {
  lab: SlackLab;
  request(): Promise<OperationRequest>;
  /** What somebody is shown alone, a second after they have typed that. */
  type(text: string): Promise<string>;
}

/** A person has a degraded deployment recreated; `scene` begins a minute later. */
async function recreating(scene: (it: Recreating) => Promise<void>, executions?: Between): Promise<void> {
  const lab = await openSlackLab({}, { executions });
  await ready(lab, "orders");
  await lab.settled();
  lab.rds.runDdl("orders", "ALTER TABLE");
  await lab.settled();
  await lab.type("/bluegreen recreate orders-15");
  await lab.clock.work(async () => {
    lab.rds.hasten(1);
    await lab.slack.sending.press(buttonFor(lab, "confirm", ONCALL), "confirm", ONCALL);
    await pass(lab, MINUTE);
    await scene({ lab, request: () => requestIn(lab), type: (text) => shownAfter(lab, () => lab.slack.sending.command(text, ONCALL)) });
  });
}

async function requestIn(lab: SlackLab): Promise<OperationRequest> {
  const [call] = lab.bus.events.filter((event) => /Requested$/.test(event["detail-type"]));
  const found = await lab.records.read<OperationRequest>(requestKey(String(call?.detail["requestId"])));
  if (!found) throw new Error("There is no request.");
  return found;
}

async function shownAfter(lab: SlackLab, does: () => Promise<unknown>): Promise<string> {
  const before = lab.slack.ephemeral.length;
  await does();
  await pass(lab, SECOND);
  return lab.slack.ephemeral.slice(before).map(messageText).join("\n");
}

/** Waits until the operation has ended, looking every second of the lab's time. */
async function ended({ lab, request }: Recreating): Promise<OperationRequest> {
  for (const end = lab.clock.now() + 2 * HOUR; lab.clock.now() < end && !(await request()).outcome; ) await pass(lab, SECOND);
  return request();
}

const endedAfter = ({ outcome }: OperationRequest, at: number): number => (Date.parse(outcome?.at ?? "") - at) / SECOND;
const builtAt = (lab: SlackLab): number =>
  Date.parse(lab.rds.history.findLast(({ message }) => message.startsWith("Blue/green deployment tasks completed"))?.date ?? "");

describe("whoever cancels a recreation is heard within ten seconds, and told so,", () => {
  it.each([
    ["while RDS deletes", 6 * MINUTE],
    ["while RDS creates", 20 * MINUTE],
  ])("%s", async (_when, after) => {
    await recreating(async ({ lab, request, type }) => {
      await pass(lab, after);
      const at = lab.clock.now();
      expect(await type("/bluegreen cancel orders-15")).toContain("This takes up to ten seconds.");
      await pass(lab, 10 * SECOND);
      expect(await request()).toMatchObject({ outcome: { result: "cancelled" } });
      expect(endedAfter(await request(), at)).toBeLessThanOrEqual(10);
    });
  });
});

it("whoever holds what the policy has announced is heard within ten seconds", async () => {
  const lab = await openSlackLab({ onDegraded: "recreate", settleMinutes: 30 });
  await ready(lab, "orders");
  await lab.settled();
  await lab.clock.work(async () => {
    lab.rds.runDdl("orders", "ALTER TABLE");
    await pass(lab, 7 * MINUTE);
    const at = lab.clock.now();
    const press = () => lab.slack.sending.press(buttonFor(lab, "hold", ONCALL), "hold", ONCALL);
    expect(await shownAfter(lab, press)).toContain("On hold: the guard does not recreate `orders-15`");
    await pass(lab, 10 * SECOND);
    const held = await requestIn(lab);
    expect(held).toMatchObject({ via: "policy", outcome: { result: "cancelled" } });
    expect(endedAfter(held, at)).toBeLessThanOrEqual(10);
  });
});

describe("that green is ready", () => {
  it("is told within ten seconds of RDS's event, and each wait is woken once", async () => {
    const callbacks: string[] = [];
    const counting: Between = (own) => ({ ...own, wake: (it) => own.wake(it).finally(() => callbacks.push(it)) });
    await recreating(async (it) => {
      const request = await ended(it);
      expect(request).toMatchObject({ outcome: { result: "done" } });
      expect(endedAfter(request, builtAt(it.lab))).toBeLessThanOrEqual(10);
      await pass(it.lab, 10 * SECOND);
      const told = withoutDetails(it.lab).find((message) => messageText(message).includes("Created again"));
      expect(Number(told?.ts) * SECOND - builtAt(it.lab)).toBeLessThanOrEqual(10 * SECOND);
      expect(callbacks.length).toBeGreaterThan(3);
      expect(new Set(callbacks).size).toBe(callbacks.length);
    }, counting);
  });

  it.each<[string, Executions["wake"]]>([
    ["gets lost", async () => true],
    ["is refused", () => Promise.reject(new Error("not authorized"))],
  ])("is told within five minutes of it if what would wake the operation %s, and no event is", async (_how, lost) => {
    await recreating(
      async (it) => {
        const request = await ended(it);
        expect(request).toMatchObject({ outcome: { result: "done" } });
        expect(endedAfter(request, builtAt(it.lab))).toBeLessThanOrEqual(300);
        expect(it.lab.queue.deadLetters.all()).toEqual([]);
      },
      (own) => ({ ...own, wake: lost }),
    );
  });
});

it("whoever cancels where nobody can be woken is told of five minutes, and heard within these", async () => {
  await recreating(
    async ({ lab, request, type }) => {
      const at = lab.clock.now();
      expect(await type("/bluegreen cancel orders-15")).toContain("This takes up to five minutes.");
      await pass(lab, 5 * MINUTE);
      expect(endedAfter(await request(), at)).toBeLessThanOrEqual(300);
    },
    (own) => ({ ...own, wake: () => Promise.reject(new Error("not authorized")) }),
  );
});

it("what happens when nobody can be woken yet is seen by the look that follows: somebody cancels", async () => {
  let at = 0;
  const recreated = await recreateWith((ports, lab) => {
    const write: typeof ports.records.write = async (item, open) => {
      const isFirst = at === 0 && item.key === requestKey(REQUEST) && (item as unknown as OperationRequest).callback !== undefined;
      if (isFirst) {
        at = lab.clock.now();
        // Between the reading of the request and the writing of the callback.
        await cancelRequest(ports.records, REQUEST, { name: "oncall" }, at);
      }
      return ports.records.write(item, open);
    };
    return { records: { write } };
  });
  expect(recreated).toMatchObject({ outcome: "cancelled" });
  expect(endedAfter(recreated.request as OperationRequest, at)).toBeLessThanOrEqual(1);
});

it("a storm of a thousand events costs an operation a look every few seconds, and wakes no wait twice", async () => {
  const callbacks: string[] = [];
  const counting: Between = (own) => ({ ...own, wake: (it) => own.wake(it).finally(() => callbacks.push(it)) });
  await recreating(async ({ lab, request }) => {
    for (let minute = 0; minute < 60 && !(await request()).created; minute += 1) await pass(lab, MINUTE);
    const before = callbacks.length;
    const began = lab.clock.now();
    for (let count = 0; count < 1_000; count += 1) {
      await lab.give(eventOf((await request()).created ?? "", began, count));
      if (count % 50 === 49) await pass(lab, SECOND);
    }
    await pass(lab, 10 * SECOND);
    const seconds = (lab.clock.now() - began) / SECOND;
    expect(callbacks.length - before).toBeLessThanOrEqual(seconds / 3 + 3);
    expect(callbacks.length).toBeGreaterThan(before);
    expect(new Set(callbacks).size).toBe(callbacks.length);
  }, counting);
});

const eventOf = (id: string, at: number, count: number): object => ({
  version: "0",
  id: `storm-${count}`,
  source: "aws.rds",
  account: "123456789012",
  region: "ap-northeast-1",
  time: new Date(at).toISOString(),
  "detail-type": "RDS Blue Green Deployment Event",
  detail: {
    SourceType: "BLUE_GREEN_DEPLOYMENT",
    SourceIdentifier: id,
    Date: new Date(at + count).toISOString(),
    Message: `Task ${count} of the deployment goes on.`,
    EventCategories: ["notification"],
  },
});

it("waking an execution that has ended, or whose callback is over, is no error", async () => {
  await recreating(async ({ lab, request }) => {
    const { callback = "" } = await request();
    const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
    const executions = createExecutions({ endpoint: lab.url, region: "ap-northeast-1", credentials });
    expect([await executions.wake(callback), await executions.wake(callback)]).toEqual([true, false]);
    await pass(lab, 5 * SECOND);
    await cancelRequest(lab.records, requestIdOf((await request()).key) ?? "", { name: "oncall" }, lab.clock.now());
    expect(await wake(await request(), executions)).toBe(true);
    await pass(lab, 5 * SECOND);
    const over = await request();
    expect(over.outcome).toBeDefined();
    expect([await executions.wake(over.callback ?? ""), await wake(over, executions)]).toEqual([false, false]);
  });
});
