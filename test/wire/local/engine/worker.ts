import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { ScaledClock } from "../../../../local/clock.ts";
import { LocalEngine } from "../../../../local/engine/engine.ts";
import { openExecutionStore } from "../../../../local/engine/store.ts";

/** A workflow in a process of its own: writes a line in each of ten steps, pauses between them, and ends. */
const [folder = ""] = process.argv.slice(2);
const lines = join(folder, "lines");
const store = await openExecutionStore(folder).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(3);
});
const engine = new LocalEngine({ store, clock: new ScaledClock(20) }).register("work", async (_input, context) => {
  for (let step = 1; step <= 10; step += 1) {
    await context.step(`step ${step}`, async () => appendFileSync(lines, `${step}\n`));
    await context.wait(`pause ${step}`, { seconds: 1 });
  }
  return "done";
});
process.stdout.write("open\n");
await engine.recover();
const { arn } = await engine.start("work", {}, "one");
const { status } = await engine.done(arn);
process.stdout.write(`${status}\n`);
process.exit();
