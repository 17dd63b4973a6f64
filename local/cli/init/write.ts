import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SETTINGS_FILE } from "../../../src/settings/file.ts";
import { type Given, SETTING_NAMES } from "../../../src/settings/given.ts";
import { SCHEMA_FILE } from "../../../src/settings/schema.ts";

/** Writes the settings file into the folder, with the schema that is in reach; returns its path. */
export function writeSettings(folder: string, given: Given): string {
  const path = join(folder, SETTINGS_FILE);
  const schema = [SCHEMA_FILE, `node_modules/bluegreen-guard/${SCHEMA_FILE}`].find((it) => existsSync(join(folder, it)));
  const stated = SETTING_NAMES.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]);
  const content = { ...(schema !== undefined && { $schema: `./${schema}` }), ...Object.fromEntries(stated) };
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
  return path;
}
