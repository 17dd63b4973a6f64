import { AsyncLocalStorage } from "node:async_hooks";
import { randomBytes } from "node:crypto";
import type { Socket } from "node:dgram";

/** A part of a trace as X-Ray takes it; times are seconds since 1970. Source: X-Ray developer guide, "Segment documents". */
export interface Subsegment {
  type: "subsegment";
  id: string;
  parent_id: string;
  trace_id: string;
  name: string;
  start_time: number;
  end_time?: number;
  namespace?: "aws";
  aws?: { operation: string };
  annotations?: Record<string, string>;
  /** It failed, and not because AWS refused it. */
  fault?: true;
  /** AWS refused it. */
  error?: true;
  cause?: { exceptions: { id: string; type: string; message: string }[] };
}

// X-Ray accepts names of 200 characters.
const LONGEST_NAME = 200;
const HEADER = '{"format":"json","version":1}\n';

const within = new AsyncLocalStorage<Subsegment>();
let socket: Socket | undefined;
let unsent = new Set<Promise<void>>();

/** Starts a part of the trace in X-Ray's `header`, below the part in which this runs; undefined where that trace is not sampled. */
export function begin(header: string | undefined, name: string, more: Partial<Subsegment> = {}): Subsegment | undefined {
  const { root, parent, sampled } = traceIn(header);
  if (!root || !parent || sampled !== "1") return undefined;
  const outer = within.getStore();
  const parentId = outer?.trace_id === root ? outer.id : parent;
  const times = { start_time: Date.now() / 1_000 };
  return { type: "subsegment", id: newId(), parent_id: parentId, trace_id: root, name: name.slice(0, LONGEST_NAME), ...times, ...more };
}

/** Runs `work` so that what begins within it is below `part`. */
export const inside = <T>(part: Subsegment, work: () => Promise<T>): Promise<T> => within.run(part, work);

/** Marks the part as failed: as refused if the error is AWS's answer with a 4xx status, such as a write that came too late. */
export function fail(part: Subsegment, error: Error & { $metadata?: { httpStatusCode?: number } }): void {
  const { name, message, $metadata: { httpStatusCode = 500 } = {} } = error;
  if (httpStatusCode < 500) part.error = true;
  else part.fault = true;
  part.cause = { exceptions: [{ id: newId(), type: name, message }] };
}

/** Ends the part, and sends it to X-Ray's `daemon` (host and port), which runs beside the function; what cannot be sent is lost. */
export function send(part: Subsegment, daemon: string): void {
  part.end_time = Date.now() / 1_000;
  const [host, port] = daemon.split(":");
  const to = opened();
  const sending = new Promise<void>((resolve) => to.send(HEADER + JSON.stringify(part), Number(port), host, () => resolve()));
  unsent.add(sending);
}

/** Resolves once all that was sent has left: Lambda stops a function as soon as it has answered. */
export async function flushed(): Promise<void> {
  const sending = unsent;
  unsent = new Set();
  await Promise.all(sending);
}

/** The header by which a service goes on with the trace. */
export const headerOf = ({ trace_id, id }: Subsegment): string => `Root=${trace_id};Parent=${id};Sampled=1`;

function traceIn(header = ""): { root?: string; parent?: string; sampled?: string } {
  return Object.fromEntries(
    header
      .split(";")
      .map((part) => part.trim().split("=") as [string, string])
      .map(([key, value]) => [key.toLowerCase(), value]),
  );
}

function opened(): Socket {
  // Loaded where a trace is sampled.
  socket ??= process.getBuiltinModule("node:dgram").createSocket("udp4").unref();
  return socket;
}

const newId = (): string => randomBytes(8).toString("hex");
