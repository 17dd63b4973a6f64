import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Given, givenAsText, problemOf, SETTING_NAMES, type SettingName } from "./given.ts";

/** The name of the settings file, which stands beside the app. */
export const SETTINGS_FILE = "bluegreen-guard.json";

const CDK_FILE = "cdk.json";

/** Thrown if a settings file cannot be read, or states what is not allowed; the message names the file and every problem. */
export class SettingsFileError extends Error {
  override readonly name = "SettingsFileError";
}

/** The settings of a stack, and where they stand. */
export interface SettingsFile {
  path: string;
  given: Given;
}

/**
 * Reads the settings in `folder`: those of bluegreen-guard.json, or of the context in cdk.json. Undefined if neither states a setting.
 *
 * Checks what is stated; whether enough is stated for a stack, `unstated` says.
 *
 * @throws SettingsFileError that names every problem; also where both files state settings
 */
export function readSettingsFile(folder: string): SettingsFile | undefined {
  const own = readOwn(join(folder, SETTINGS_FILE));
  const cdk = readContext(join(folder, CDK_FILE));
  if (own && cdk) {
    const names = Object.keys(cdk.given).join(", ");
    throw new SettingsFileError(
      `Settings stand in both ${own.path} and the context of ${cdk.path} (${names}): keep them in ${SETTINGS_FILE} alone.`,
    );
  }
  return own ?? cdk;
}

function readOwn(path: string): SettingsFile | undefined {
  const content = objectAt(path);
  if (!content) return undefined;
  const { $schema: _, ...settings } = content;
  return checked(path, settings);
}

function readContext(path: string): SettingsFile | undefined {
  const context = objectAt(path)?.["context"];
  if (typeof context !== "object" || context === null) return undefined;
  const stated = SETTING_NAMES.map((name): [SettingName, unknown] => [name, (context as Record<string, unknown>)[name]]);
  const settings = stated
    .filter(([, value]) => value !== undefined && value !== null && value !== "")
    .map(([name, value]) => [name, typeof value === "string" ? givenAsText(name, value) : value]);
  return settings.length === 0 ? undefined : checked(path, Object.fromEntries(settings));
}

function checked(path: string, settings: Record<string, unknown>): SettingsFile {
  const isKnown = (name: string): name is SettingName => SETTING_NAMES.some((it) => it === name);
  const problems = Object.entries(settings)
    .map(([name, value]) => (isKnown(name) ? problemOf(name, value) : `${name} is no setting of the guard.`))
    .filter((it) => it !== undefined);
  if (problems.length > 0) throw new SettingsFileError(`${path} is refused: ${problems.join(" ")}`);
  return { path, given: settings as Given };
}

function objectAt(path: string): Record<string, unknown> | undefined {
  if (!existsSync(path)) return undefined;
  const value = parsed(path);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new SettingsFileError(`${path} holds no JSON object: it begins with {, and each setting is a member of it.`);
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new SettingsFileError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}
