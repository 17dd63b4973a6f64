import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import type { LocalGuardOptions } from "./guard.ts";
import type { Requested } from "./operations.ts";

/** What the guard's process is told. */
export type ToGuard =
  | { options: Omit<LocalGuardOptions, "time" | "log"> }
  | { clock: { now: number; speed: number } }
  | { call: number; name: CallName; event?: SQSEvent | Requested | SlackDelivery; context: object };

/** What the process can be asked to do. */
export type CallName = "watch" | "sweep" | "begin" | "answer";

/** What the guard's process says; it asks for the time once it listens, since loading it takes a while. */
export type FromGuard =
  | { asks: "clock" }
  | { slackUrl: string | undefined }
  | { call: number; result?: SQSBatchResponse; error?: string }
  | { log: "info" | "error"; message: string; details: Record<string, unknown> };
