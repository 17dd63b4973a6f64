import * as words from "../../../../src/messages/language.ts";
import { SETTING_NAMES, unstated } from "../../../../src/settings/given.ts";
import { type DoctorCheck, type Finding, fail, pass, unanswered } from "../check.ts";
import type { Visit } from "../visit.ts";
import { COMPARISONS } from "./compared.ts";

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
      Object.keys(given).length === 0
        ? "neither bluegreen-guard.json nor cdk.json states a setting"
        : `${words.counted(missing.length, "setting")} missing`;
    return fail(came, `A deploy is refused. ${missing.join(" ")}`, "State them in bluegreen-guard.json: npx bluegreen-guard init.");
  },
};

/** Whether the guard was deployed with what the settings file states now. */
export const deployedSettings: DoctorCheck = {
  id: "deployed-settings",
  asked: "whether the deployed guard has each setting as the settings file states it",
  of: "stack",
  applies: isStated,
  async ask(visit) {
    const different: string[] = [];
    const unseen: string[] = [];
    let refusal: Finding | undefined;
    for (const name of SETTING_NAMES) {
      const compared = await COMPARISONS[name](visit).catch((error: unknown) => {
        refusal ??= unanswered(error);
        unseen.push(name);
        return undefined;
      });
      if (compared && compared.stated !== compared.deployed)
        different.push(`${name}: stated ${compared.stated || "none"}, deployed ${compared.deployed || "none"}`);
    }
    if (different.length > 0) {
      const todo = "Deploy again: npx cdk deploy. Or correct the file.";
      return fail(different.join("; "), "The guard does something else than the settings file states.", todo);
    }
    if (!refusal) return pass(`all ${SETTING_NAMES.length} are the same`, "What is deployed is what is stated.");
    const means = `How these are deployed is not known: ${unseen.join(", ")}. The others are as stated.`;
    return { ...refusal, means };
  },
};
