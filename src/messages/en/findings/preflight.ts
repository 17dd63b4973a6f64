import type { PreflightFindings, Stated } from "../../../plans/preflight/findings.ts";
import type { Form } from "../../form.ts";
import { type FindingWords, IN_CONSOLE, listed } from "./finding-words.ts";
import { notAnswered } from "./not-answered.ts";
import { denials, grantOf, roleWords } from "./permissions.ts";
import { unsupported } from "./topology.ts";

const BLUE_IN_CONSOLE = "Look at blue in the RDS console.";
const SEE_GROUP = "Look at blue's parameter group in the RDS console.";
const WAIT = "Wait until it is available, and ask again.";

/** The words of what the checks before a recreation find. */
export const PREFLIGHT_FINDINGS: FindingWords<PreflightFindings> = {
  "not-answered": notAnswered,
  "blue-missing": ({ arn }, as) => [
    `RDS does not know blue, ${as.text(arn, 300)}.`,
    "See what became of it: there is nothing to create green from.",
  ],
  "blue-available": () => ["Blue is available."],
  "blue-busy": ({ databases }, as) => [
    `Blue is busy: ${states(databases, as)}.`,
    "Nothing, if it passes by itself: creation waits for it up to two hours.",
  ],
  "blue-not-available": ({ databases }, as) => [`Blue is not available: ${states(databases, as)}.`, WAIT],
  "blue-status-unknown": ({ databases }, as) => [`Blue is in a state that the guard does not know: ${states(databases, as)}.`, WAIT],
  "writer-in-sync": () => ["Blue's writer is in sync with its parameter group."],
  "writer-sync-unknown": () => ["RDS does not say whether blue's writer is in sync with its parameter group.", IN_CONSOLE],
  "writer-not-in-sync": ({ name, status, blocks }, as) => [
    `Blue's writer ${as.code(name)} is not in sync with its parameter group: ${as.text(status, 60)}.`,
    `Reboot it at a time that suits you${blocks ? ": creation fails before" : ""}.`,
  ],
  "replication-needs-nothing": () => ["Replication to green needs no parameter."],
  "replication-group-unknown": () => ["Blue's parameter group is not known.", SEE_GROUP],
  "parameter-unknown": ({ group, parameter }, as) => [
    `Parameter group ${as.code(group)} does not say what ${as.text(parameter, 100)} is.`,
    SEE_GROUP,
  ],
  "parameter-fits": (it, as) => [`${parameter(it, as)}.`],
  "parameter-off": (it, as) => [`${parameter(it, as)}.`, "Set it to 1 in a group of your own and reboot the writer."],
  "binary-log-off": (it, as) => [
    `${parameter({ ...it, parameter: BINLOG_FORMAT }, as)}: there is no binary log to follow.`,
    "Set it to ROW in a group of your own and reboot.",
  ],
  "binary-log-not-row": (it, as) => [
    `${parameter({ ...it, parameter: BINLOG_FORMAT }, as)}; AWS advises ROW.`,
    "Set it to ROW and reboot.",
  ],
  "backups-kept": ({ days }) => [`Blue's automated backups are kept for ${days} ${days === 1 ? "day" : "days"}.`],
  "backups-unknown": () => ["RDS does not say for how long blue's backups are kept.", BLUE_IN_CONSOLE],
  "no-backups": () => ["Blue has no automated backups.", "Give it a backup retention period of one day or more."],
  "password-own": () => ["Blue's master password is its own."],
  "password-managed": ({ name }, as) => [
    `Secrets Manager keeps the master password of ${as.code(name)}, which RDS does not support here.`,
    "Turn that off until the switchover: give the database a password of its own.",
  ],
  "password-unknown": () => ["RDS does not say who keeps blue's master password.", BLUE_IN_CONSOLE],
  "in-stack": ({ stacks }, as) => [
    `CloudFormation stack ${listed(stacks, as)} made it.`,
    "Bring the stack's template up to date after the switchover, and do not deploy it before.",
  ],
  "no-stack": () => ["No CloudFormation stack made it."],
  "tags-unknown": () => ["RDS does not say which tags blue has.", "See whether a CloudFormation stack made it."],
  "topology-supported": () => ["Blue is part of nothing that RDS does not support."],
  "topology-unsupported": ({ by }, as) => [
    `RDS has no blue/green deployments for blue: ${by.map((it) => unsupported(it, as)).join("; ")}.`,
    "Remove what stands in the way first.",
  ],
  "topology-unknown": () => ["RDS does not say what blue is part of.", BLUE_IN_CONSOLE],
  "engine-mode-unknown": () => ["RDS does not say which engine mode blue has.", "See that blue is not Aurora Serverless v1."],
  "engine-supported": ({ engine }, as) => [`${as.text(engine, 40)} has blue/green deployments.`],
  "engine-unsupported": ({ engine }, as) => [
    `RDS has no blue/green deployments for ${engine ? as.text(engine, 40) : "an engine without a name"}.`,
    "Upgrade it another way.",
  ],
  "version-kept": ({ version }, as) => [`Green keeps blue's engine version, ${as.text(version, 40)}.`],
  "version-reachable": ({ from, to }, as) => [`${as.text(from, 40)} can be upgraded to ${as.text(to, 40)}.`],
  "version-not-listed": (it, as) => [
    `RDS lists no upgrade target for ${as.text(`${it.engine} ${it.from}`, 80)}.`,
    `See with describe-db-engine-versions whether ${as.text(`${it.engine} ${it.from}`, 80)} can be upgraded to ${as.text(it.to, 40)}.`,
  ],
  "version-unreachable": ({ engine, from, to, targets }, as) => [
    `RDS does not upgrade ${as.text(`${engine} ${from}`, 80)} to ${as.text(to, 40)} any more.`,
    `Name another version. RDS lists: ${as.text(targets.join(", "), 300)}.`,
  ],
  "groups-fit": ({ names }, as) => [`Parameter groups ${names.map((name) => as.code(name)).join(" and ")} exist and fit.`],
  "group-missing": ({ kind, name }, as) => [`There is no ${kind} parameter group ${as.code(name)}.`, "Create it again, or name another."],
  "group-not-asked": ({ kind, name }, as) => [
    `RDS was not asked for ${kind} parameter group ${as.code(name)}.`,
    `Look for ${kind} parameter group ${as.code(name)} in the RDS console.`,
  ],
  "group-unjudged": ({ name, family, engine, version }, as) => [
    `RDS does not list ${as.text(`${engine} ${version}`, 80)}.`,
    `See that ${as.code(name)}, of family ${as.text(family, 60)}, fits ${as.text(`${engine} ${version}`, 80)}.`,
  ],
  "group-unfit": ({ name, family, engine, version, takes }, as) => [
    `Parameter group ${as.code(name)} is of family ${as.text(family, 60)}, and ${as.text(`${engine} ${version}`, 80)} takes ${as.text(takes, 60)}.`,
    `Name a group of family ${as.text(takes, 60)}.`,
  ],
  "no-option-group-needed": () => ["No option group stands in the way."],
  "option-group-default": () => ["Blue has a default option group."],
  "option-group-unknown": () => ["RDS does not say which option group blue has.", "See that it is a default one."],
  "option-group-own": ({ names }, as) => [
    `Blue has option group ${listed(names, as)}, and RDS refuses a major upgrade with one of your own.`,
    "Give blue the default option group first.",
  ],
  "permissions-allowed": ({ role }, as) => [`${roleWords(role, as, "The")} is allowed every action that creation needs.`],
  "permissions-silent": ({ role }, as) => ["IAM's answer says nothing of any action.", `Look at the policies of ${roleWords(role, as)}.`],
  "permissions-denied": ({ denied, role }, as) => [`${roleWords(role, as, "The")} may not ${denials(denied, as)}.`, grantOf(denied, as)],
  "permissions-unsure": ({ denied, role }, as) => [
    `IAM cannot say whether ${roleWords(role, as)} may ${denials(denied, as)}: conditions or the key's own policy decide.`,
    "Look at the conditions of the role's policies and at the key's policy.",
  ],
  "no-global-database": () => ["Blue is in no global database."],
  "tags-fit": () => ["The deployment's tags can be given again."],
  "tags-too-many": ({ count, most }) => [`The deployment would have ${count} tags, and RDS takes ${most}.`, "Remove some of its tags."],
};

const BINLOG_FORMAT = "binlog_format";

const states = (databases: readonly Stated[], as: Form): string =>
  databases.map(({ name, status }) => `${as.code(name)} is ${status ? as.text(status, 60) : "without a status"}`).join(", ");

const parameter = (it: PreflightFindings["parameter-off"], as: Form): string =>
  `${as.text(it.parameter, 100)} is ${as.text(it.value, 60)} in blue's parameter group ${as.code(it.group)}`;
