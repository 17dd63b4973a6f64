import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import type { LocalGuardOptions } from "./guard.ts";
import type { Requested } from "./operations.ts";

/** A message to the guard's process. */
export type ToGuard =
  | { options: Omit<LocalGuardOptions, "time" | "log"> }
  | { clock: { now: number; speed: number } }
  | { call: number; name: CallName; event?: SQSEvent | Requested | SlackDelivery; context: object };

/** The calls that the process takes. */
export type CallName = "watch" | "webhook" | "sweep" | "begin" | "answer";

/** A message from the guard's process. It asks for the time once it listens, since loading takes a while. */
export type FromGuard =
  | { asks: "clock" }
  | { slackUrl: string | undefined }
  | { call: number; result?: SQSBatchResponse; error?: string }
  | { log: "info" | "error"; message: string; details: Record<string, unknown> };
