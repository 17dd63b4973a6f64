import type { DeploymentView } from "../deployments/deployment.ts";
import { replicationOf } from "../deployments/replication.ts";
import type { Claimed } from "../standing/claimed.ts";
import type { Standing } from "../standing/standing.ts";
import { type Check, type Finding, fail, pass, unknown, warn } from "./checks.ts";
import { globalDatabase } from "./global-database.ts";
import { lagVerdict } from "./lag-verdict.ts";
import type { EventsMissing, UntilBuilt } from "./readiness-findings.ts";
import { replicationVerdict } from "./replication-verdict.ts";

/** The input of the readiness checks. */
export interface ReadinessFacts {
  view: DeploymentView;
  /** How it stands now. */
  standing: Standing;
  /** Why events that RDS once sent may be missing; absent if all are known. */
  incomplete?: EventsMissing;
  /** Why nothing else may begin on the blue database; absent if something may. */
  claimed?: Claimed;
  /** The switchover timeout, in seconds. */
  timeoutSeconds: number;
}

const CHECKS: readonly (readonly [id: string, check: (facts: ReadinessFacts) => Finding])[] = [
  ["deployment-available", checkDeployment],
  ["tasks-completed", checkTasks],
  ["members-available", checkMembers],
  ["production", checkProduction],
  ["databases-available", checkDatabases],
  ["parameter-groups", checkParameterGroups],
  ["replication", ({ standing, incomplete }) => replicationVerdict(standing, incomplete)],
  ["replication-lag", checkLag],
  ["sequences", checkSequences],
  ["claim", checkClaim],
];

/**
 * Checks whether the deployment can be switched over now. Each check is independent, with its reason and what to do.
 * AWS's own guardrails check more (lag, long writes, external replication) and refuse on their own. Source: Aurora and RDS User Guides,
 * blue-green-deployments-switching, "Switchover guardrails" and "Switchover best practices".
 */
export function readiness(facts: ReadinessFacts): Check[] {
  return CHECKS.map(([id, check]) => ({ id, ...check(facts) }));
}

function checkDeployment({ view: { deployment }, standing }: ReadinessFacts): Finding {
  if (standing.unfinished !== undefined) return fail({ code: "deployment-deleted-by-guard" });
  const { status, statusDetails: details } = deployment;
  const hasFailed = standing.phase === "failed" && standing.obstacles.length === 0;
  if (status === "AVAILABLE" && hasFailed) return fail({ code: "deployment-not-built", until: untilBuilt(standing) });
  if (status === "AVAILABLE") return pass({ code: "deployment-available" });
  if (status === "SWITCHOVER_FAILED") return warn({ code: "last-switchover-failed", details, hasBegun: hasBegun(standing) });
  if (status === "PROVISIONING") return fail({ code: "deployment-provisioning", until: untilBuilt(standing) });
  if (status === "INVALID_CONFIGURATION") return fail({ code: "deployment-invalid", mayRecreate: standing.mayDeleteGreen });
  return fail({ code: "deployment-status", status });
}

/** A person is told to recreate only while nothing says that green may be production. */
function untilBuilt({ phase, mayDeleteGreen }: Standing): UntilBuilt {
  if (phase !== "failed") return "wait";
  return mayDeleteGreen ? "correct-and-recreate" : "correct";
}

function checkTasks({ standing }: ReadinessFacts): Finding {
  const obstacles = standing.obstacles.filter(({ code }) => code === "task" || code === "task-failed");
  if (obstacles.length === 0) return pass({ code: "tasks-completed" });
  return fail({ code: "tasks-open", obstacles, until: untilBuilt(standing) });
}

function checkMembers({ view: { deployment }, standing }: ReadinessFacts): Finding {
  const { phase, members, mayDeleteGreen } = standing;
  const switched = members.filter(isSwitched).length;
  if (switched > 0) return fail({ code: "members-switched", switched, of: members.length, phase });
  const until = untilBuilt(standing);
  if (standing.obstacles.some(({ code }) => code === "no-green") || deployment.members.length === 0)
    return fail({ code: "members-absent", until });
  const obstacles = standing.obstacles.filter(({ code }) => code === "member" || code === "member-missing");
  if (obstacles.length === 0) return pass({ code: "members-available" });
  if (obstacles.every(({ heals }) => heals)) return fail({ code: "members-heal", obstacles });
  if (obstacles.some(({ code }) => code === "member-missing"))
    return fail({ code: "members-missing", obstacles, mayRecreate: mayDeleteGreen });
  return fail({ code: "members-not-available", obstacles, until });
}

const isSwitched = ({ outcome }: Standing["members"][number]): boolean => outcome === "switched";

const hasBegun = ({ members }: Standing): boolean => members.some(isSwitched);

function checkProduction({ standing: { production } }: ReadinessFacts): Finding {
  const found = { code: `production-${production}` } as const;
  if (production === "blue") return pass(found);
  return production === "unknown" ? unknown(found) : fail(found);
}

/** Kinds that RDS describes in calls that the guard does not make. */
function checkDatabases({ view, standing }: ReadinessFacts): Finding {
  const obstacles = standing.obstacles.filter(({ code }) => code === "database" || code === "database-not-found");
  if (obstacles.length > 0) return fail({ code: "databases-not-available", obstacles });
  const global = globalDatabase(view.deployment, view.databases, "switch-over");
  if (global) return global;
  const names = view.databases.filter(({ status }) => status === "").map(({ identifier }) => identifier);
  if (names.length > 0) return unknown({ code: "databases-silent", names });
  const members = standing.members.filter(({ kind }) => kind === "unknown").map(({ name, word, status }) => ({ name, word, status }));
  return members.length > 0 ? unknown({ code: "members-not-looked-up", members }) : pass({ code: "databases-available" });
}

function checkParameterGroups({ view }: ReadinessFacts): Finding {
  const groups = view.databases.flatMap(({ identifier, parameterGroups }) =>
    parameterGroups.map(({ name: group, status = "in-sync" }) => ({ name: identifier, group, status })),
  );
  const pending = groups.filter(({ status }) => status !== "in-sync");
  if (pending.length > 0) return fail({ code: "databases-not-in-sync", pending });
  const silent = view.databases.filter(
    ({ kind, parameterGroups }) => kind === "instance" && parameterGroups.every((it) => it.status === undefined),
  );
  if (silent.length === 0) return pass({ code: "databases-in-sync" });
  return unknown({ code: "databases-sync-unknown", names: silent.map(({ identifier }) => identifier) });
}

function checkLag({ standing }: ReadinessFacts): Finding {
  return hasBegun(standing) ? unknown({ code: "lag-not-read" }) : lagVerdict(standing.lag?.lag);
}

function checkSequences({ view, timeoutSeconds }: ReadinessFacts): Finding {
  if (replicationOf(view) !== "logical") return pass({ code: "no-sequences" });
  if (timeoutSeconds > 300) return pass({ code: "sequences-in-time", timeoutSeconds });
  return warn({ code: "sequences-may-be-many", timeoutSeconds });
}

function checkClaim({ claimed }: ReadinessFacts): Finding {
  return claimed === undefined ? pass({ code: "database-free" }) : fail({ code: "database-claimed", claimed });
}
