import { engineNamed } from "../../deployments/engine.ts";
import { type Finding, fail, judged, pass, unknown } from "../checks.ts";
import { globalDatabase } from "../global-database.ts";
import { BASE_TAG, OPERATION_TAG, RECREATED_FROM_TAG } from "../recreate-name.ts";
import { carriedTags } from "../spec/spec.ts";
import type { PreflightFacts } from "./facts.ts";
import type { GroupKind } from "./findings.ts";
import { isDefaultGroup, targetGroupsOf } from "./question.ts";

/** RDS supports the engine. Source: RDS User Guide, Concepts.RDS_Fea_Regions_DB-eng.Feature.BlueGreenDeployments. */
export function checkEngine({ blue: { engine } }: PreflightFacts): Finding {
  return engineNamed(engine) ? pass({ code: "engine-supported", engine }) : fail({ code: "engine-unsupported", engine });
}

/** RDS can still upgrade blue's version to the target's. */
export function checkUpgrade({ blue, spec, answers }: PreflightFacts): Finding {
  const to = spec.targetEngineVersion.value;
  const { engine, engineVersion: from } = blue;
  if (to === from) return pass({ code: "version-kept", version: to });
  return judged(answers.blueVersion, { what: "upgrade", engine, from, to }, (version) => {
    const targets = version?.validUpgradeTargets ?? [];
    if (targets.length === 0) return unknown({ code: "version-not-listed", engine, from, to });
    return targets.includes(to)
      ? pass({ code: "version-reachable", from, to })
      : fail({ code: "version-unreachable", engine, from, to, targets });
  });
}

/** The parameter groups exist and belong to the target version's family. */
export function checkGroups(facts: PreflightFacts): Finding {
  const groups = targetGroupsOf(facts.spec);
  const findings = groups.map(({ kind, name }) => checkGroup(facts, kind, name));
  const first = (result: Finding["result"]) => findings.find((finding) => finding.result === result);
  return first("fail") ?? first("unknown") ?? pass({ code: "groups-fit", names: groups.map(({ name }) => name) });
}

function checkGroup({ answers, spec, blue }: PreflightFacts, kind: GroupKind, name: string): Finding {
  const asked = answers.groups.find((it) => it.kind === kind && it.name === name)?.answer;
  const existing = isDefaultGroup(name) ? ({ known: true, value: { name, family: name.slice("default.".length) } } as const) : asked;
  if (!existing) return unknown({ code: "group-not-asked", kind, name });
  return judged(existing, { what: "group", kind, name }, (group) => {
    if (!group) return fail({ code: "group-missing", kind, name });
    const { family } = group;
    const target = { engine: blue.engine, version: spec.targetEngineVersion.value };
    return judged(answers.targetVersion, { what: "family", group: name, family, ...target }, (version) => {
      if (!version) return unknown({ code: "group-unjudged", name, family, ...target });
      if (version.family === family) return pass({ code: "groups-fit", names: [name] });
      return fail({ code: "group-unfit", name, family, ...target, takes: version.family });
    });
  });
}

/** MySQL and MariaDB: a major upgrade needs a default option group. Source: RDS User Guide, blue-green-deployments-considerations. */
export function checkOptionGroup({ blue, spec }: PreflightFacts): Finding {
  if (!["mysql", "mariadb"].includes(blue.engine) || !changesSeries(blue.engineVersion, spec.targetEngineVersion.value)) {
    return pass({ code: "no-option-group-needed" });
  }
  const groups = blue.configuration?.optionGroups;
  if (!groups) return unknown({ code: "option-group-unknown" });
  const names = groups.filter((name) => !name.startsWith("default:"));
  return names.length === 0 ? pass({ code: "option-group-default" }) : fail({ code: "option-group-own", names });
}

const changesSeries = (from: string, to: string): boolean => from.split(".").slice(0, 2).join(".") !== to.split(".").slice(0, 2).join(".");

/** Blue is in no Aurora Global Database. */
export function checkGlobal({ deployment, blue, blues }: PreflightFacts): Finding {
  return globalDatabase(deployment, [blue, ...blues], "recreate") ?? pass({ code: "no-global-database" });
}

const TAG_LIMIT = 50;
const OWN_TAGS = [BASE_TAG, OPERATION_TAG, RECREATED_FROM_TAG];

/** AWS allows 50 tags, three of which are the guard's own. Source: RDS User Guide, USER_Tagging. */
export function checkTags({ spec }: PreflightFacts): Finding {
  const count = new Set([...Object.keys(carriedTags(spec.tags)), ...OWN_TAGS]).size;
  return count <= TAG_LIMIT ? pass({ code: "tags-fit" }) : fail({ code: "tags-too-many", count, most: TAG_LIMIT });
}
