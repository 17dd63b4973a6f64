import type { Context, SQSBatchResponse, SQSEvent } from "aws-lambda";
import { lambdaContext } from "../../local/queue/lambda-context.ts";

/** What one event took: processor time, and milliseconds since 1970 when the handler was given it and when it had answered. */
export interface Handled {
  cpuMs: number;
  begun: number;
  ended: number;
}

/** The program of a process that has the watch function's bundle loaded, and passes it one event after the other. */
async function handleEach(bundle: string): Promise<void> {
  const { handler } = (await import(bundle)) as { handler(event: SQSEvent, context: Context): Promise<SQSBatchResponse> };
  process.on("message", async (event: SQSEvent) => {
    const begun = now();
    const before = process.cpuUsage();
    const { batchItemFailures } = await handler(event, lambdaContext({ name: "watch", timeoutSeconds: 60, now: Date.now }));
    const { user, system } = process.cpuUsage(before);
    if (batchItemFailures.length > 0) throw new Error("The warm handler did not tell an event: see what it logged above.");
    const handled: Handled = { cpuMs: (user + system) / 1_000, begun, ended: now() };
    process.send?.(handled);
  });
}

const now = () => performance.timeOrigin + performance.now();

process.on("disconnect", () => process.exit());
await handleEach(process.argv[2] ?? "");
process.send?.({});
