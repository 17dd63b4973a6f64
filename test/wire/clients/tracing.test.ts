import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { openWireLab } from "../../support/lab/stage.ts";
import { openXrayDaemon, type Subsegment, subsegmentIn, TRACE } from "../../support/x-ray-daemon.ts";

const NEXT = { root: "1-65c0b1f1-bbbbbbbbbbbbbbbbbbbbbbbb", parent: "aaaabbbbccccdddd" };
const IN_LAMBDA = {
  LAMBDA_TASK_ROOT: "/var/task",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  AWS_LAMBDA_FUNCTION_NAME: "watch",
  _X_AMZN_TRACE_ID: TRACE.header,
};

/** Runs the program that is traced; answers what it sent to X-Ray and what it printed. */
async function run(environment: Record<string, string>) {
  const daemon = await openXrayDaemon();
  const lab = await openWireLab();
  onTestFinished(() => lab.close());
  const program = fileURLToPath(new URL("traced-process.ts", import.meta.url));
  const next = `Root=${NEXT.root};Parent=${NEXT.parent};Sampled=1`;
  const child = spawn(process.execPath, [program, lab.url, next], {
    env: { AWS_XRAY_DAEMON_ADDRESS: daemon.address, ...environment },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, "exit") as Promise<[number]>]);
  expect(code).toBe(0);
  return { lab, printed, datagrams: await daemon.received() };
}

const below = (parts: readonly Subsegment[], parent: Subsegment | undefined) =>
  parts.filter((it) => it.parent_id === parent?.id && it.trace_id === parent.trace_id).map(({ name }) => name);

describe("a function in Lambda", () => {
  it("traces the calls of each event below that event's part, with several events under way", async () => {
    const { lab, datagrams } = await run(IN_LAMBDA);
    const parts = datagrams.map(subsegmentIn);
    const events = parts.filter(({ name }) => name === "RDS event");
    const [a, b] = ["bgd-a", "bgd-b"].map((id) => events.find(({ annotations }) => annotations?.["deployment"] === id));
    expect([a, b]).toMatchObject(Array(2).fill({ type: "subsegment", parent_id: TRACE.parent, trace_id: TRACE.root }));
    expect(below(parts, a)).toEqual(["RDS", "RDS", "127.0.0.1/slack/api/chat.postMessage"]);
    expect(below(parts, b)).toEqual(["DynamoDB", "DynamoDB", "127.0.0.1/slack/api/chat.update"]);
    expect(a?.annotations).toEqual({ deployment: "bgd-a" });
    expect(parts.filter(({ name }) => name.includes("slack"))[0]?.annotations).toEqual({ status: "200" });
    expect(lab.slack.calls.map(({ method }) => method).toSorted()).toEqual(["chat.postMessage", "chat.update"]);
  });

  it("traces the next invocation in a trace of its own, and says where it failed", async () => {
    const { printed, datagrams } = await run(IN_LAMBDA);
    const parts = datagrams.map(subsegmentIn).filter(({ trace_id }) => trace_id === NEXT.root);
    const event = parts.find(({ name }) => name === "RDS event");
    expect(printed).toContain("Slack did not answer chat.postMessage");
    expect(event).toMatchObject({ parent_id: NEXT.parent, fault: true });
    expect(JSON.stringify(event?.cause)).toContain("Slack did not answer chat.postMessage");
    expect(parts.filter(({ name }) => name !== "RDS event")).toMatchObject([
      { name: "127.0.0.1/slack/api/chat.postMessage", parent_id: event?.id, fault: true },
    ]);
  });

  it("shows X-Ray neither the token nor the keys", async () => {
    const { datagrams } = await run(IN_LAMBDA);
    expect(datagrams.length).toBeGreaterThan(8);
    expect(datagrams.filter((it) => /xoxb|lab-key|Bearer/.test(it))).toEqual([]);
  });

  it("sends nothing of a trace that Lambda did not sample", async () => {
    const { lab, datagrams } = await run({ ...IN_LAMBDA, _X_AMZN_TRACE_ID: TRACE.header.replace("Sampled=1", "Sampled=0") });
    expect(datagrams.map(subsegmentIn).filter(({ trace_id }) => trace_id === TRACE.root)).toEqual([]);
    expect(lab.slack.messages).toHaveLength(1);
  });
});

it("outside Lambda nothing is traced, and everything works as it does there", async () => {
  const { lab, printed, datagrams } = await run({});
  expect(datagrams).toEqual([]);
  expect(lab.slack.messages).toHaveLength(1);
  expect(printed).toContain("Slack did not answer chat.postMessage");
});
