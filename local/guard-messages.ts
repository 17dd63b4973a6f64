import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { LocalGuardOptions } from "./guard.ts";
import type { Requested } from "./operations.ts";

/** What the guard's process is told. */
export type ToGuard =
  | { options: Omit<LocalGuardOptions, "time" | "log"> }
  | { clock: { now: number; speed: number } }
  | { call: number; name: "watch" | "sweep" | "begin"; event?: SQSEvent | Requested; context: object };

/** What the guard's process says; it asks for the time once it listens, since loading it takes a while. */
export type FromGuard =
  | { asks: "clock" }
  | { call: number; result?: SQSBatchResponse; error?: string }
  | { log: "info" | "error"; message: string; details: Record<string, unknown> };
