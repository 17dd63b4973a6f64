import { once } from "node:events";
import { lockFolder } from "../../../../local/engine/folder-lock.ts";

/** A process that locks a folder once it is told to, says what came of it, and lives on. */
const [folder = ""] = process.argv.slice(2);
process.stdout.write("ready\n");
await once(process.stdin, "data");
await lockFolder(folder).then(
  () => process.stdout.write("held\n"),
  (error: Error) => process.stdout.write(`${error.name}: ${error.message}\n`),
);
setInterval(() => undefined, 60_000);
