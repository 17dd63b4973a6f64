import { type Given, SETTING_NAMES, SETTINGS, type SettingName, unstated } from "../../../../src/settings/given.ts";
import { write } from "../../../../src/settings/kinds.ts";
import type { Setting } from "../../../../src/settings/setting.ts";
import { type DoctorCheck, fail, pass } from "../check.ts";
import type { Visit } from "../visit.ts";

const isStated = ({ given }: Visit): boolean => Object.keys(given).length > 0;

/** Whether the settings file states what a deploy needs. */
export const statedSettings: DoctorCheck = {
  id: "settings",
  asked: "whether the settings file states what a deploy needs",
  of: "account",
  applies: (visit) => isStated(visit) || visit.stack === undefined,
  async ask({ given }) {
    const missing = unstated(given);
    if (missing.length === 0) return pass(`${Object.keys(given).length} settings`, "Enough is stated for a deploy.");
    const came =
      Object.keys(given).length === 0 ? "neither bluegreen-guard.json nor cdk.json states a setting" : `${missing.length} are missing`;
    return fail(came, `A deploy is refused. ${missing.join(" ")}`, "State them in bluegreen-guard.json: npx bluegreen-guard init.");
  },
};

/** Whether the guard was deployed with what the settings file states now. */
export const deployedSettings: DoctorCheck = {
  id: "deployed-settings",
  asked: "whether the functions have the settings that the settings file states",
  of: "stack",
  applies: isStated,
  async ask({ given, stack }) {
    const variables = stack?.variables ?? {};
    const differences = SETTING_NAMES.map((name) => differenceIn(name, given, variables)).filter((it) => it !== undefined);
    if (differences.length === 0) return pass("they do", "What is deployed is what is stated.");
    return fail(
      differences.join("; "),
      "The guard does something else than the settings file states.",
      "Deploy again: npx cdk deploy. Or correct the file.",
    );
  },
};

const ENTRIES: Readonly<Record<SettingName, Setting>> = SETTINGS;

function differenceIn(name: SettingName, given: Given, variables: Readonly<Record<string, string>>): string | undefined {
  const { variable, default: otherwise } = ENTRIES[name];
  if (variable === undefined) return undefined;
  const deployed = variables[variable] ?? "";
  const value: unknown = given[name];
  if (name === "slackSecret") return isSameSecret(value, deployed) ? undefined : `${name}: stated ${value}, deployed ${deployed}`;
  const stated = value === undefined ? otherwise : value === "none" ? [] : value;
  if (stated === undefined || write(stated) === deployed) return undefined;
  return `${name}: stated ${write(stated) || "none"}, deployed ${deployed || "none"}`;
}

/** Functions are given the name or the ARN, which ends in six characters more. */
function isSameSecret(stated: unknown, deployed: string): boolean {
  if (stated === "create" || stated === undefined) return deployed !== "";
  return deployed === stated || deployed.includes(`:secret:${stated}`);
}
