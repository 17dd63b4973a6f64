import { engineNamed } from "../../deployments/engine.ts";
import { type Finding, fail, judged, pass, unknown } from "../checks.ts";
import { globalDatabase } from "../global-database.ts";
import { BASE_TAG, OPERATION_TAG, RECREATED_FROM_TAG } from "../recreate-name.ts";
import { carriedTags } from "../spec/spec.ts";
import type { PreflightFacts } from "./facts.ts";
import { isDefaultGroup, targetGroupsOf } from "./question.ts";

/** RDS supports the engine. Source: RDS User Guide, Concepts.RDS_Fea_Regions_DB-eng.Feature.BlueGreenDeployments. */
export function checkEngine({ blue }: PreflightFacts): Finding {
  if (engineNamed(blue.engine)) return pass(`${blue.engine} has blue/green deployments.`);
  return fail(`RDS has no blue/green deployments for ${blue.engine || "an engine without a name"}.`, "Upgrade it another way.");
}

/** RDS can still upgrade blue's version to the target's. */
export function checkUpgrade({ blue, spec, answers }: PreflightFacts): Finding {
  const target = spec.targetEngineVersion.value;
  if (target === blue.engineVersion) return pass(`Green keeps blue's engine version, ${target}.`);
  const remedy = `See with describe-db-engine-versions whether ${blue.engine} ${blue.engineVersion} can be upgraded to ${target}.`;
  return judged(answers.blueVersion, remedy, (version) => {
    if (!version || version.validUpgradeTargets.length === 0) {
      return unknown(`RDS lists no upgrade target for ${blue.engine} ${blue.engineVersion}.`, remedy);
    }
    if (version.validUpgradeTargets.includes(target)) return pass(`${blue.engineVersion} can be upgraded to ${target}.`);
    return fail(
      `RDS does not upgrade ${blue.engine} ${blue.engineVersion} to ${target} any more.`,
      `Name another version. RDS lists: ${version.validUpgradeTargets.join(", ")}.`,
    );
  });
}

/** The parameter groups exist and belong to the target version's family. */
export function checkGroups(facts: PreflightFacts): Finding {
  const findings = targetGroupsOf(facts.spec).map(({ kind, name }) => checkGroup(facts, kind, name));
  const first = (result: Finding["result"]) => findings.find((finding) => finding.result === result);
  return (
    first("fail") ??
    first("unknown") ??
    pass(
      `Parameter groups ${targetGroupsOf(facts.spec)
        .map(({ name }) => `\`${name}\``)
        .join(" and ")} exist and fit.`,
    )
  );
}

function checkGroup({ answers, spec, blue }: PreflightFacts, kind: string, name: string): Finding {
  const asked = answers.groups.find((it) => it.kind === kind && it.name === name)?.answer;
  const remedy = `Look for ${kind} parameter group \`${name}\` in the RDS console.`;
  const existing = isDefaultGroup(name) ? ({ known: true, value: { name, family: name.slice("default.".length) } } as const) : asked;
  if (!existing) return unknown(`RDS was not asked for ${kind} parameter group \`${name}\`.`, remedy);
  return judged(existing, remedy, (group) => {
    if (!group) return fail(`There is no ${kind} parameter group \`${name}\`.`, "Create it again, or name another.");
    const fits = `See that \`${name}\`, of family ${group.family}, fits ${blue.engine} ${spec.targetEngineVersion.value}.`;
    return judged(answers.targetVersion, fits, (version) => {
      if (!version) return unknown(`RDS does not list ${blue.engine} ${spec.targetEngineVersion.value}.`, fits);
      if (version.family === group.family) return pass(`\`${name}\` exists and fits.`);
      return fail(
        `Parameter group \`${name}\` is of family ${group.family}, and ${blue.engine} ${spec.targetEngineVersion.value} takes ${version.family}.`,
        `Name a group of family ${version.family}.`,
      );
    });
  });
}

/** MySQL and MariaDB: a major upgrade needs a default option group. Source: RDS User Guide, blue-green-deployments-considerations. */
export function checkOptionGroup({ blue, spec }: PreflightFacts): Finding {
  if (!["mysql", "mariadb"].includes(blue.engine) || !changesSeries(blue.engineVersion, spec.targetEngineVersion.value)) {
    return pass("No option group stands in the way.");
  }
  const groups = blue.configuration?.optionGroups;
  if (!groups) return unknown("RDS does not say which option group blue has.", "See that it is a default one.");
  const own = groups.filter((name) => !name.startsWith("default:"));
  if (own.length === 0) return pass("Blue has a default option group.");
  return fail(
    `Blue has option group \`${own.join(", ")}\`, and RDS refuses a major upgrade with one of your own.`,
    "Give blue the default option group first.",
  );
}

const changesSeries = (from: string, to: string): boolean => from.split(".").slice(0, 2).join(".") !== to.split(".").slice(0, 2).join(".");

/** Blue is in no Aurora Global Database. */
export function checkGlobal({ deployment, blue, blues }: PreflightFacts): Finding {
  return globalDatabase(deployment, [blue, ...blues], "recreate its deployment") ?? pass("Blue is in no global database.");
}

const TAG_LIMIT = 50;
const OWN_TAGS = [BASE_TAG, OPERATION_TAG, RECREATED_FROM_TAG];

/** AWS allows 50 tags, three of which are the guard's own. Source: RDS User Guide, USER_Tagging. */
export function checkTags({ spec }: PreflightFacts): Finding {
  const count = new Set([...Object.keys(carriedTags(spec.tags)), ...OWN_TAGS]).size;
  if (count <= TAG_LIMIT) return pass("The deployment's tags can be given again.");
  return fail(`The deployment would have ${count} tags, and RDS takes ${TAG_LIMIT}.`, "Remove some of its tags.");
}
