import type { Context, SQSEvent } from "aws-lambda";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import { ScaledClock } from "./clock.ts";
import { type LocalGuard, type LocalGuardOptions, openLocalGuard } from "./guard.ts";
import type { FromGuard, ToGuard } from "./guard-messages.ts";
import type { Requested } from "./operations.ts";

// Runs the handlers for the process that forked this one, as Lambda's runtime does, and ends with it.
const clock = new ScaledClock(1);
let opened: Promise<LocalGuard> | undefined;

function send(message: FromGuard): void {
  process.send?.(message);
}

function begin(options: Omit<LocalGuardOptions, "time" | "log">): void {
  opened = openLocalGuard({
    ...options,
    time: clock,
    log: {
      info: (message, details) => send({ log: "info", message, details }),
      error: (message, details) => send({ log: "error", message, details }),
    },
  });
  void opened.then(({ slackUrl }) => send({ slackUrl }));
}

async function answer({ call, name, event, context }: Extract<ToGuard, { call: number }>): Promise<void> {
  try {
    const guard = await opened;
    if (!guard) throw new Error("The guard process was called before it was told where AWS and Slack are.");
    const full = context as Context;
    const run = {
      watch: () => guard.watch(event as SQSEvent, full),
      webhook: () => guard.webhook(event as SQSEvent),
      sweep: () => guard.sweep(),
      begin: () => guard.begin(event as Requested),
      answer: () => guard.answer(event as SlackDelivery),
    };
    send({ call, result: (await run[name]()) ?? undefined });
  } catch (error) {
    send({ call, error: error instanceof Error ? error.message : String(error) });
  }
}

process.on("message", (message: ToGuard) => {
  if ("clock" in message) {
    clock.setSpeed(message.clock.speed);
    clock.set(message.clock.now);
  } else if ("options" in message) begin(message.options);
  else void answer(message);
});
send({ asks: "clock" });
process.on("disconnect", () => process.exit());
