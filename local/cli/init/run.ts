import { SETTINGS_FILE, type SettingsFile } from "../../../src/settings/file.ts";
import { type Given, unstated } from "../../../src/settings/given.ts";
import { visible } from "../../visible.ts";
import { EXIT } from "../exit.ts";
import { lookAtAccount, monitoringSetting, regionOrNone } from "./account.ts";
import { askFor } from "./ask.ts";
import { writeSettings } from "./write.ts";

/** What `init` works with. */
export interface InitOptions {
  folder: string;
  /** The settings that stand in the folder already. */
  file: SettingsFile | undefined;
  /** What the flags give. */
  given: Given;
  /** Whether a person is there to answer. */
  canAsk: boolean;
  /** Whether to look at the account. */
  looks: boolean;
}

/** Asks for what is missing, looks at the account, writes the settings file and says the next command; returns the exit code. */
export async function runInit({ folder, file, given, canAsk, looks }: InitOptions): Promise<number> {
  const known = file?.given ?? {};
  // First of all: who has answered every question is not to be told then that the region is none.
  const region = looks ? await regionOrNone() : undefined;
  const asked = canAsk ? await askFor(known, given) : {};
  if (asked === undefined) return stop("You left.", EXIT.left);
  const settings = { ...known, ...asked, ...given };
  const missing = unstated(settings);
  if (missing.length > 0) return stop(`${missing.join("\n")}\nGive the flags; npx bluegreen-guard init --help lists them.`, EXIT.refused);
  const seen = looks ? await lookAtAccount(region, settings) : undefined;
  for (const line of seen?.lines ?? []) print(line);
  const { monitoringRoleArns: listed } = settings;
  const used = seen?.monitoringRoles ?? [];
  const roles = listed ?? monitoringSetting(used);
  const unlisted = listed ? used.filter((arn) => !listed.includes(arn)) : [];
  if (!listed && roles) print(`Databases use these roles for Enhanced Monitoring: ${roles.join(", ")}.`);
  if (unlisted.length > 0)
    print(`monitoringRoleArns does not list ${unlisted.join(", ")}: databases that use it for Enhanced Monitoring are not recreated.`);
  const alias = settings.accountName === undefined ? seen?.alias : undefined;
  if (alias) print(`Messages call the account ${alias}, its alias: accountName is the setting.`);
  const path = writeSettings(folder, { ...settings, ...(roles && { monitoringRoleArns: roles }), ...(alias && { accountName: alias }) });
  print(`${path} holds the settings. It holds no secret: keep it under version control.`);
  print(`Next: ${settings.slackSecret === "create" ? "npx cdk deploy" : "npx bluegreen-guard hello"}`);
  return EXIT.done;
}

const print = (line: string) => process.stdout.write(`${visible(line)}\n`);

function stop(why: string, code: number): number {
  process.stderr.write(`${visible(why)}\nNo ${SETTINGS_FILE} was written.\n`);
  return code;
}
