import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS_FILE } from "../../../src/settings/file.ts";
import { type Given, SETTING_NAMES } from "../../../src/settings/given.ts";
import { SCHEMA_FILE } from "../../../src/settings/schema.ts";
import { Mistake } from "../mistake.ts";

const TAKES_NONE: Readonly<Record<string, string>> = {
  EACCES: "correct the permissions",
  EPERM: "correct the permissions",
  EROFS: "its disk takes no writing",
  ENOSPC: "make room on its disk",
  EDQUOT: "make room on its disk",
};

/** Writes the settings file into the folder, with the schema that is in reach; returns its path. @throws Mistake if it cannot be written */
export function writeSettings(folder: string, given: Given): string {
  const path = join(folder, SETTINGS_FILE);
  const schema = [SCHEMA_FILE, `node_modules/bluegreen-guard/${SCHEMA_FILE}`].find((it) => existsSync(join(folder, it)));
  const stated = SETTING_NAMES.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  const content = { ...(schema !== undefined && { $schema: `./${schema}` }), ...Object.fromEntries(stated) };
  try {
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Mistake(`${path} cannot be written: ${Object.hasOwn(TAKES_NONE, code) ? TAKES_NONE[code] : message}.`);
  }
  return path;
}
