import type { Context, SQSEvent } from "aws-lambda";
import { ScaledClock } from "./clock.ts";
import { createLocalGuard, type LocalGuardOptions } from "./guard.ts";
import type { FromGuard, ToGuard } from "./guard-messages.ts";

// Runs the handlers for the process that forked this one, as Lambda's runtime does, and ends with it.
const clock = new ScaledClock(1);
let guard: ReturnType<typeof createLocalGuard> | undefined;

function send(message: FromGuard): void {
  process.send?.(message);
}

function begin(options: Omit<LocalGuardOptions, "time" | "log">): void {
  guard = createLocalGuard({
    ...options,
    time: clock,
    log: {
      info: (message, details) => send({ log: "info", message, details }),
      error: (message, details) => send({ log: "error", message, details }),
    },
  });
}

async function answer(call: number, name: "watch" | "sweep", event: SQSEvent | undefined, context: object): Promise<void> {
  try {
    if (!guard) throw new Error("The guard process was called before it was told where AWS and Slack are.");
    const full = context as Context;
    const result = name === "watch" && event ? await guard.watch(event, full) : await guard.sweep(full);
    send({ call, result: result ?? undefined });
  } catch (error) {
    send({ call, error: error instanceof Error ? error.message : String(error) });
  }
}

process.on("message", (message: ToGuard) => {
  if ("clock" in message) {
    clock.setSpeed(message.clock.speed);
    clock.set(message.clock.now);
  } else if ("options" in message) begin(message.options);
  else void answer(message.call, message.name, message.event, message.context);
});
process.on("disconnect", () => process.exit());
