import { send } from "../../src/clients/http.ts";
import type { SeenCall } from "../call-log.ts";
import { median } from "../statistics.ts";

/** A call as it goes over the wire, ready to be made again. */
export type Sent = Pick<SeenCall, "path" | "headers" | "body">;

/** The least calls that any design needs to tell of one event: those of a level at once, the levels one after the other. */
export interface LeastInput {
  url: string;
  levels: Sent[][];
  /** The level whose end is the alert. */
  alertLevel: number;
  events: number;
  warmUps: number;
}

/** What they take through node:http alone: medians of time until the alert and of processor time. */
export interface LeastResult {
  alertMs: number;
  cpuMs: number;
}

/** Makes the least calls again and again. @throws Error for a call that is not answered with 200 */
export async function measureLeast({ url, levels, alertLevel, events, warmUps }: LeastInput): Promise<LeastResult> {
  const alerts: number[] = [];
  const cpu: number[] = [];
  for (let index = 0; index < warmUps + events; index += 1) {
    const begun = performance.now();
    const before = process.cpuUsage();
    let alertMs = 0;
    for (const [level, calls] of levels.entries()) {
      await Promise.all(calls.map((call) => make(url, call)));
      if (level === alertLevel) alertMs = performance.now() - begun;
    }
    const { user, system } = process.cpuUsage(before);
    if (index < warmUps) continue;
    alerts.push(alertMs);
    cpu.push((user + system) / 1_000);
  }
  return { alertMs: median(alerts), cpuMs: median(cpu) };
}

async function make(url: string, { path, headers, body }: Sent): Promise<void> {
  const { statusCode, body: answer } = await send({ url: new URL(path, url), method: "POST", headers, body });
  if (statusCode !== 200) throw new Error(`A call of the floor was answered with ${statusCode}: ${answer}`);
}

/** The least of the calls that the guard made for a DDL event, which any design needs. @throws Error if the guard made no such call */
export function leastOf(calls: readonly SeenCall[]): Sent[][] {
  const the = (action: string, item?: string, from = calls) =>
    from.find((it) => it.action === action && it.item === item) ?? missing(action);
  const write = (from = calls) => withoutCondition(the("PutItem", "deployment", from));
  return [
    // Which databases belong to a deployment can be remembered, so that one need not wait for the listing.
    [the("DescribeBlueGreenDeployments"), the("DescribeDBClusters"), the("DescribeDBInstances"), write()],
    [the("chat.update"), the("chat.postMessage"), the("PutEvents")],
    [write(calls.toReversed())],
  ].map((level) => level.map(again));
}

/** Its length is that of the body it has now. */
function again({ path, headers: { "content-length": _, ...headers }, body }: Sent): Sent {
  return { path, headers, body };
}

/** The condition of a write no longer holds when the write is repeated. */
function withoutCondition(call: SeenCall): SeenCall {
  const { TableName, Item } = JSON.parse(call.body) as Record<string, unknown>;
  return { ...call, body: JSON.stringify({ TableName, Item }) };
}

function missing(action: string): never {
  throw new Error(`The guard did not call ${action} for a DDL event: the floor of bench/warm/least.ts needs it.`);
}
