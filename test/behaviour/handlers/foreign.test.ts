import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, wholeText, withoutDetails, withoutSign } from "../../support/lab/stage.ts";
import { type Envelope, recorded } from "../../support/recorded.ts";

let lab: TestLab;
let id: string;
beforeEach(async () => {
  lab = await openTestLab();
  id = await lab.clock.work(async () => {
    addCluster(lab, "orders");
    const created = await create(lab, "orders");
    await pass(lab, 60 * MINUTE);
    return created;
  });
  await lab.settled();
});
afterEach(() => lab.close());

const ARN = "arn:aws:rds:ap-northeast-1:123456789012:db:orders-1";
const foreignArn = (region: string, account: string) => `arn:aws:rds:${region}:${account}:db:orders-1`;

/** The DDL of a database called orders-1, with fields of the envelope changed. */
function ddl({ SourceArn = ARN, ...changed }: Record<string, unknown>): Envelope {
  const detail = { SourceArn, SourceIdentifier: "orders-1", Date: new Date(lab.clock.now()).toISOString() };
  return { ...recorded("ddl-on-blue", detail), resources: [SourceArn], ...changed };
}

const card = () =>
  withoutSign(
    wholeText(
      lab,
      withoutDetails(lab).find((it) => !it.threadTs),
    ),
  ).split("\n")[0];
const published = () => lab.bus.events.map((event) => event["detail-type"]);
const taken = () => lab.logged.filter(({ message }) => message === "RDS event").at(-1)?.details["taken"];

/** Puts it into the guard's queue, past the routes. */
async function receive(event: unknown): Promise<void> {
  lab.queue.send(JSON.stringify(event));
  await lab.settled();
}

const ELSEWHERE: [string, Record<string, unknown>][] = [
  ["another account", { account: "999999999999", SourceArn: foreignArn("ap-northeast-1", "999999999999") }],
  ["another Region", { region: "us-east-1", SourceArn: foreignArn("us-east-1", "123456789012") }],
  ["both", { account: "999999999999", region: "us-east-1", SourceArn: foreignArn("us-east-1", "999999999999") }],
];
const UNFIT: [string, Record<string, unknown>][] = [
  ["another account's source", { SourceArn: foreignArn("ap-northeast-1", "999999999999") }],
  ["another Region's source", { SourceArn: foreignArn("eu-west-1", "123456789012") }],
  ["another account's resources", { resources: [foreignArn("ap-northeast-1", "999999999999")] }],
];

// Source: EventBridge user guide, "Sending and receiving events between AWS accounts": forwarded events keep account, Region and source.
describe("an event of another account's or Region's database of the same name", () => {
  it.each(ELSEWHERE)("takes no route: %s", async (_, changed) => {
    expect(await lab.give(ddl(changed))).toBeUndefined();
  });

  it.each([...ELSEWHERE, ...UNFIT])(
    "that gets into the queue all the same changes nothing, and is logged as left out: %s",
    async (_, changed) => {
      await receive(ddl(changed));
      expect([card(), published()]).toEqual(["orders-15 · Ready to switch over", ["Deployment Ready"]]);
      expect(taken()).toEqual({ leftOut: expect.stringMatching(/^it is of account (999999999999|123456789012), Region /) });
      expect(lab.queue.depth()).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    },
  );

  it("does not take the place of our own with the same words at the same moment", async () => {
    const own = ddl({});
    await receive({ ...own, account: "999999999999" });
    await receive(own);
    expect(card()).toBe("orders-15 · Degraded: cannot be switched over");
  });

  it("a deployment of another account is not told as one of ours", async () => {
    const detail = { SourceIdentifier: "bgd-wi89nwzglccsfake", Date: new Date(lab.clock.now()).toISOString() };
    const before = withoutDetails(lab).length;
    await receive({ ...recorded("tasks-completed", detail), account: "999999999999" });
    expect([withoutDetails(lab).length, published()]).toEqual([before, ["Deployment Ready"]]);
  });
});

it.each([
  ["account", 999999999999],
  ["region", ["us-east-1"]],
])("an event whose %s is no text is a dead letter, and none of ours", async (field, value) => {
  await receive(ddl({ [field]: value }));
  expect([card(), lab.queue.deadLetters.all().length]).toEqual(["orders-15 · Ready to switch over", 1]);
});

it("an event of our own counts, also where it names no source or EventBridge's fields are left out", async () => {
  const {
    account: _,
    region: __,
    resources: ___,
    ...bare
  } = recorded("tasks-completed", {
    SourceIdentifier: id,
    SourceArn: undefined,
    Message: "A sentence of next year's.",
    EventID: "RDS-EVENT-9999",
    Date: new Date(lab.clock.now()).toISOString(),
  });
  await receive(bare);
  expect(wholeText(lab, withoutDetails(lab).at(-1))).toContain("> A sentence of next year's.");
});
