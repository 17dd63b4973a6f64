import { randomBytes } from "node:crypto";
import { identityOf } from "../../src/clients/identity.ts";
import { createRdsChanges } from "../../src/clients/rds/changes.ts";
import { createRds } from "../../src/clients/rds/rds.ts";
import { systemTime } from "../../src/clients/time.ts";
import { accountAt } from "./account.ts";
import { playStory } from "./story.ts";

/** The variable that names the account in which the story may play. */
const ACCOUNT = "CLOUD_ACCOUNT";

const SKIPPED =
  `Skipped: no AWS account is named. With AWS's own environment and ${ACCOUNT}=<the account's number> this plays the story that the tests ` +
  "play in the lab on a real RDS for MySQL instance, which it makes and deletes: about two hours, and less than a dollar.";

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Plays the story in the account that is named, if one is; answers the exit code. */
async function main(account: string | undefined): Promise<number> {
  if (!account) {
    say(SKIPPED);
    return 0;
  }
  const { account: here, caller } = await identityOf();
  if (here !== account) {
    say(`Refused: ${ACCOUNT} is ${account}, and ${caller} is of account ${here}. Nothing was changed.`);
    return 2;
  }
  const name = `bgg-cloud-${randomBytes(4).toString("hex")}`;
  say(`Account ${here}, as ${caller}. Everything that this makes is called ${name} or begins with ${name}-.`);
  const own = accountAt(name, randomBytes(16).toString("hex"));
  try {
    await playStory({ rds: { ...createRds(), ...createRdsChanges() }, time: systemTime, throwaway: await own.make(), say });
    say("Everything holds.");
    return 0;
  } catch (error) {
    say(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
    return 1;
  } finally {
    for (const line of await own.remove()) say(line);
    say(`Look in an hour whether nothing is left that is called ${name}.`);
  }
}

process.exitCode = await main(process.env[ACCOUNT]);
