import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
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
  if (problems.length > 0) throw new SettingsFileError(`${path} is refused: ${problems.join(" ")} Correct it there.`);
  return { path, given: settings as Given };
}

function objectAt(path: string): Record<string, unknown> | undefined {
  const text = textAt(path);
  if (text === undefined) return undefined;
  const value = parsed(path, text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new SettingsFileError(`${path} holds no JSON object: it begins with {, and each setting is a member of it. ${remedyOf(path)}`);
}

const remedyOf = (path: string): string =>
  basename(path) === CDK_FILE ? "Correct it there." : "Correct it, or take it away: npx bluegreen-guard init writes a new one.";

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SettingsFileError(`${path} is no JSON: ${error instanceof Error ? error.message : error}. ${remedyOf(path)}`);
  }
}

/** What is wrong and what to do, by Node's code of the error. Source: errno(3). */
const FAULTS: Readonly<Record<string, string>> = {
  EISDIR: "is a folder, where a file with settings is looked for: take it away, or run the command in another folder.",
  EACCES: "may not be read by who runs this: correct its permissions.",
  EPERM: "may not be read by who runs this: correct its permissions.",
};

/** The text of a file; undefined if it is not there. */
function textAt(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return undefined;
    throw new SettingsFileError(`${path} ${FAULTS[code] ?? `cannot be read (${message}): correct that, or take it away.`}`);
  }
}
