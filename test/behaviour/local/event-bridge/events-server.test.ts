import {
  DescribeEventBusCommand,
  EventBridgeClient,
  ListRulesCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, it, onTestFinished } from "vitest";
import { addressOf, listenerOf, startServer } from "../../../../lab/server.ts";
import { type BusEvent, EventBus } from "../../../../local/event-bridge/event-bus.ts";
import { answerEvents } from "../../../../local/event-bridge/events-server.ts";

const NOW = Date.parse("2024-02-05T10:52:27.868Z");
const READY: PutEventsRequestEntry = {
  EventBusName: "bluegreen-guard",
  Source: "bluegreen-guard",
  DetailType: "Deployment Ready",
  Detail: '{"deploymentId":"bgd-1"}',
};

async function start() {
  const bus = new EventBus({ name: "bluegreen-guard", account: "123456789012", region: "ap-northeast-1", now: () => NOW });
  const events = listenerOf((request) => answerEvents(bus, request));
  const server = await startServer(0, () => ({ aws: { events }, other: events }));
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  const client = new EventBridgeClient({ endpoint: addressOf(server), region: "ap-northeast-1", credentials, maxAttempts: 1 });
  onTestFinished(async () => {
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { bus, client, put: (...Entries: PutEventsRequestEntry[]) => client.send(new PutEventsCommand({ Entries })) };
}

describe("PutEvents", () => {
  it("gives each entry an id, and those who listen an event with EventBridge's own fields", async () => {
    const { bus, put } = await start();
    const heard: BusEvent[] = [];
    const stop = bus.onEvent((event) => heard.push(event));
    const answer = await put({ ...READY, Time: new Date("2024-02-05T08:07:12.418Z"), Resources: ["arn:aws:rds:::bgd-1"] }, READY);
    const event = {
      version: "0",
      id: answer.Entries?.[0]?.EventId,
      "detail-type": "Deployment Ready",
      source: "bluegreen-guard",
      account: "123456789012",
      time: "2024-02-05T08:07:12Z",
      region: "ap-northeast-1",
      resources: ["arn:aws:rds:::bgd-1"],
      detail: { deploymentId: "bgd-1" },
    };
    const undated = { ...event, id: answer.Entries?.[1]?.EventId, time: "2024-02-05T10:52:27Z", resources: [] };
    expect(answer.FailedEntryCount).toBe(0);
    expect(event.id).toMatch(/^[0-9a-f-]{36}$/);
    expect(undated.id).not.toBe(event.id);
    expect(bus.events).toEqual([event, undated]);
    expect(heard).toEqual(bus.events);
    stop();
    await put(READY);
    expect([heard.length, bus.events.length]).toEqual([2, 3]);
  });

  it.each([
    ["a source of AWS's own", { Source: "aws.rds" }, "NotAuthorizedForSourceException"],
    ["a detail that is not JSON", { Detail: "ready" }, "MalformedDetail"],
    ["a detail that is no object", { Detail: "[1]" }, "MalformedDetail"],
    ["no detail", { Detail: undefined }, "InvalidArgument"],
    ["no detail type", { DetailType: undefined }, "InvalidArgument"],
    ["an empty source", { Source: "" }, "InvalidArgument"],
  ])("refuses an entry with %s with HTTP 200, and takes the others", async (_, fault, code) => {
    const { bus, put } = await start();
    const { $metadata, FailedEntryCount, Entries = [] } = await put(READY, { ...READY, ...fault }, READY);
    expect([$metadata.httpStatusCode, FailedEntryCount]).toEqual([200, 1]);
    expect(Entries.map(({ ErrorCode }) => ErrorCode)).toEqual([undefined, code, undefined]);
    expect(bus.events.map(({ id }) => id)).toEqual([Entries[0]?.EventId, Entries[2]?.EventId]);
  });

  it("refuses the next entries where a test tells it to, as AWS does under load", async () => {
    const { bus, put } = await start();
    bus.failNext(2);
    const { FailedEntryCount, Entries = [] } = await put(READY, READY, READY);
    expect(FailedEntryCount).toBe(2);
    expect(Entries.map(({ ErrorCode }) => ErrorCode)).toEqual(["ThrottlingException", "ThrottlingException", undefined]);
    expect(bus.events).toHaveLength(1);
  });

  it.each([0, 11])("refuses a request of %i entries", async (count) => {
    const { bus, put } = await start();
    const refused = expect(put(...Array.from({ length: count }, () => READY))).rejects;
    await refused.toMatchObject({ name: "ValidationException", message: expect.stringContaining(`received ${count}`) });
    expect(bus.events).toEqual([]);
  });

  it("refuses a bus that is not there, and the default one, which is another", async () => {
    const { bus, put } = await start();
    for (const EventBusName of ["other", undefined]) {
      const refused = expect(put(READY, { ...READY, EventBusName })).rejects;
      await refused.toMatchObject({ name: "ResourceNotFoundException", message: `Event bus ${EventBusName ?? "default"} does not exist.` });
    }
    expect(bus.events).toEqual([]);
  });

  it("names what it plays where it is asked for something else", async () => {
    const { client } = await start();
    const refused = expect(client.send(new ListRulesCommand({}))).rejects;
    await refused.toMatchObject({
      name: "UnknownOperationException",
      message: 'The lab does not play "ListRules", only PutEvents, DescribeEventBus.',
    });
  });
});

describe("DescribeEventBus", () => {
  const ask = (client: EventBridgeClient, Name?: string) => client.send(new DescribeEventBusCommand({ Name }));

  it("names the bus and its ARN, and the default one, which every account has", async () => {
    const { client } = await start();
    const Arn = "arn:aws:events:ap-northeast-1:123456789012:event-bus/bluegreen-guard";
    expect(await ask(client, "bluegreen-guard")).toMatchObject({ Name: "bluegreen-guard", Arn });
    expect(await ask(client)).toMatchObject({ Name: "default", Arn: Arn.replace("bluegreen-guard", "default") });
  });

  it("knows no bus that nobody has created, and PutEvents takes nothing for it", async () => {
    const { bus, client, put } = await start();
    await expect(ask(client, "other")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    bus.exists = false;
    await expect(ask(client, "bluegreen-guard")).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    await expect(put(READY)).rejects.toMatchObject({ name: "ResourceNotFoundException" });
  });

  it("is refused where a test takes the permission away, whether or not the bus is there", async () => {
    const { bus, client } = await start();
    bus.mayDescribe = false;
    for (const exists of [true, false]) {
      bus.exists = exists;
      const refused = {
        name: "AccessDeniedException",
        message: expect.stringContaining("perform: events:DescribeEventBus on resource: arn:"),
      };
      await expect(ask(client, "bluegreen-guard")).rejects.toMatchObject(refused);
    }
  });
});
