/** A text of a source file, and what stands there instead. */
export interface Edit {
  file: string;
  text: string;
  by: string;
}

/** A guard without one of its rules. */
export interface Mutant {
  id: string;
  /** What it is without. */
  words: string;
  edits: readonly Edit[];
}

const CLAUSES = "src/plans/safe-to-delete.ts";
const DELETION = "src/operations/recreate/deletion.ts";
const CHANGES = "src/clients/rds/changes.ts";
const BY_ITSELF = "src/operations/recreate/by-itself.ts";
const RECREATE_STEPS = "src/operations/recreate/steps.ts";
const SWITCHOVER_STEPS = "src/operations/switchover/steps.ts";
const USE = "src/operations/use-request.ts";
const CLAIM = "src/operations/claim.ts";
const SETTLE = "src/operations/settle.ts";
const END = "src/operations/end.ts";
const clause = (...names: string[]): Edit[] => names.map((name) => ({ file: CLAUSES, text: `  ${name},\n`, by: "" }));

/** Each rule that the guard can be played without. */
export const MUTANTS: readonly Mutant[] = [
  {
    id: "never-0-advice",
    words: "the advice to delete green only while every name leads to blue",
    edits: [
      {
        file: "src/standing/offers.ts",
        text: 'exists && phase !== "switching-over" && production === "blue" && members.every(({ outcome }) => outcome !== "switched")',
        by: "exists || (phase, production, members)",
      },
    ],
  },
  { id: "never-1-status", words: "the clause about the deployment's status", edits: clause("hasDeletableStatus") },
  {
    id: "never-1-names",
    words: "the clauses about names, and about which side is production",
    edits: clause("isGreenNotProduction", "isBlueProduction", "hasGreenNamesAlone", "hasNoSourceAmongTargets"),
  },
  {
    id: "never-1-switched",
    words: "the clauses about statuses, and about which side is production",
    edits: clause("hasDeletableStatus", "hasNoSwitchedMember", "isGreenNotProduction", "isBlueProduction"),
  },
  {
    id: "never-1-blue",
    words: "the clauses about blue, and about which side is production",
    edits: clause("isGreenNotProduction", "isBlueProduction", "hasBlueOfRequest", "hasSameBlue"),
  },
  {
    id: "never-1-all",
    words: "all clauses about the deletion with green",
    edits: [
      { file: CLAUSES, text: "clause(view, request)).find((it) => it !== undefined)", by: "clause(view, request)).find(() => false)" },
    ],
  },
  {
    id: "never-1-missing",
    words: "the minute for which what RDS does not list must be missing",
    edits: [{ file: "src/operations/missing.ts", text: "const COUNTS_AFTER_MS = 60_000;", by: "const COUNTS_AFTER_MS = 0;" }],
  },
  {
    id: "never-2-delete",
    words: "that nothing but a deployment is ever deleted",
    edits: [
      {
        file: CHANGES,
        text: "new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier, DeleteTarget: true })",
        by: "new DeleteDBClusterCommand({ DBClusterIdentifier: BlueGreenDeploymentIdentifier, SkipFinalSnapshot: true })",
      },
      { file: CHANGES, text: "  DeleteBlueGreenDeploymentCommand,\n", by: "  DeleteDBClusterCommand,\n" },
    ],
  },
  {
    id: "never-3-approved",
    words: "the look whether a request was approved",
    edits: [{ file: USE, text: '  if (!approved) return { code: "not-approved" };\n', by: "  void approved;\n" }],
  },
  {
    id: "never-3-asker",
    words: "the second operator: whoever asks may approve",
    edits: [
      {
        file: "src/conversation/press.ts",
        text: "if (request.askerId === actor.id) return",
        by: "if (request.askerId === actor.name) return",
      },
    ],
  },
  {
    id: "never-3-expired",
    words: "the look whether a request is still valid",
    edits: [
      { file: USE, text: "if (now >= Date.parse(validUntil))", by: "if (now < 0)" },
      { file: "src/operations/in-time.ts", text: "if (now - Date.parse(since) < VALID_MS) return;", by: "if (now > 0) return;" },
    ],
  },
  {
    id: "never-3-state",
    words: "the comparison with the state that was confirmed, of a recreation",
    edits: [{ file: RECREATE_STEPS, text: "if (stateHash !== confirmed) throw", by: 'if (stateHash === "") throw' }],
  },
  {
    id: "never-3-switchover",
    words: "the comparison with the state that was confirmed, of a switchover",
    edits: [
      {
        file: SWITCHOVER_STEPS,
        text: '  if (asked.stateHash !== request.stateHash) throw new FinalError({ code: "plan-outdated" });\n  await rememberNames',
        by: '  if (!asked) throw new FinalError({ code: "plan-outdated" });\n  await rememberNames',
      },
      {
        file: SWITCHOVER_STEPS,
        text: '  if (asked.stateHash !== request.stateHash) throw new FinalError({ code: "plan-outdated" });\n  if (request.refusedAt',
        by: "  if (request.refusedAt",
      },
    ],
  },
  {
    id: "never-4-claim",
    words: "the claim that excludes other operations on the same blue",
    edits: [
      { file: CLAIM, text: "if (holder.unclear !== undefined || (await isRunning(holder.owner))) return claimedBy(holder);\n", by: "\n" },
      { file: CLAIM, text: "  if (open !== undefined) return open;\n", by: "  void open;\n" },
      {
        file: CLAIM,
        text: "return claim.unclear !== undefined || (await isRunning(claim.owner)) ? claimedBy(claim) : leftOpen(claim, records, now());",
        by: "return undefined;",
      },
    ],
  },
  {
    id: "never-4-used-once",
    words: "the mark that a request is used",
    edits: [{ file: USE, text: "it.usedBy === undefined && refusalOf(it, now()) === undefined", by: "refusalOf(it, now()) === undefined" }],
  },
  {
    id: "never-4-own-claim",
    words: "the look, before a change, whether the claim is still its own",
    edits: [{ file: USE, text: "if (owner === execution) return;", by: "if (owner === execution || execution) return;" }],
  },
  {
    id: "never-4-quiet",
    words: "the ten minutes after an end by force",
    edits: [
      {
        file: CLAIM,
        text: "!quiet || now >= Date.parse(quiet.until) ?",
        by: "!quiet || now > 0 ?",
      },
    ],
  },
  {
    id: "never-4-release",
    words: "the look whether an execution has ended before its claim is released",
    edits: [{ file: SETTLE, text: 'state === "ended" || (state', by: 'state !== "gone" || (state' }],
  },
  {
    id: "never-4-take-over",
    words: "that only the claim of an execution that has ended is taken over",
    edits: [
      {
        file: "src/clients/executions.ts",
        text: '(await ownerOf(arn)).state !== "ended";',
        by: '(await ownerOf(arn)).state === "running" && arn === "";',
      },
    ],
  },
  {
    id: "never-4-created",
    words: "the look for what the operation has already created",
    edits: [{ file: RECREATE_STEPS, text: "const created = ours?.id ?? (await", by: "const created = (await" }],
  },
  {
    id: "never-5-policy",
    words: "that only a person may have protection turned off",
    edits: [
      { file: BY_ITSELF, text: "if (plan.protectedGreens.length > 0)", by: "if (plan.protectedGreens.length > 1_000)" },
      { file: BY_ITSELF, text: 'if (plan.verdict !== "clear") return', by: 'if (plan.verdict === "refused") return' },
      {
        file: RECREATE_STEPS,
        text: 'request.via === "policy" && plan.verdict !== "clear"',
        by: 'request.via === "policy" && plan.verdict === "refused"',
      },
    ],
  },
  {
    id: "never-5-blue",
    words: "that protection is turned off on green alone",
    edits: [
      {
        file: DELETION,
        text: "const green = rdsName(arn);",
        by: "const green = { ...rdsName(arn), name: blueNameOf(rdsName(arn).name) };",
      },
      { file: DELETION, text: "import { isGreenName, rdsName }", by: "import { blueNameOf, isGreenName, rdsName }" },
      { file: DELETION, text: "if (!isGreenName(green.name))", by: "if (isGreenName(green.name))" },
    ],
  },
  {
    id: "never-6-deletion",
    words: "the note, before the deletion, that it begins",
    edits: [
      {
        file: DELETION,
        text: "(it) => ({ ...it, deletionBegunAt: it.deletionBegunAt ?? at })",
        by: "(it) => it",
      },
    ],
  },
  {
    id: "never-6-attempt",
    words: "the note, before the switchover, that it may have been asked for",
    edits: [
      {
        file: SWITCHOVER_STEPS,
        text: "({ ...it, attemptedAt: at, firstAttemptedAt",
        by: "({ ...it, firstAttemptedAt",
      },
    ],
  },
  {
    id: "never-7-once",
    words: "the look whether the switchover may have been asked for",
    edits: [
      { file: SWITCHOVER_STEPS, text: "if (request.attemptedAt !== undefined) return", by: 'if (request.attemptedAt === "") return' },
    ],
  },
  {
    id: "never-7-silence",
    words: "that silence is no refusal of a switchover",
    edits: [
      {
        file: SWITCHOVER_STEPS,
        text: "if (!(error instanceof Error) || !wasNotTaken(error)) return",
        by: "if (!(error instanceof Error) || (!wasNotTaken(error) && !mayHeal(error))) return",
      },
    ],
  },
  {
    id: "never-7-in-time",
    words: "the 30 minutes within which RDS has to take a first change",
    edits: [{ file: "src/operations/in-time.ts", text: "if (now - Date.parse(since) < VALID_MS) return;", by: "if (now > 0) return;" }],
  },
  {
    id: "never-7-refused",
    words: "that a deletion that RDS has refused is not tried again",
    edits: [
      { file: DELETION, text: "  if (deletionRefused) {", by: '  if (deletionRefused?.text === "") {' },
      {
        file: DELETION,
        text: 'throw deletionBegunAt === undefined ? new FinalError({ code: "aws-said", text }) : new NotSureYetError',
        by: "throw new NotSureYetError",
      },
    ],
  },
  {
    id: "never-8-account",
    words: "the look whether an event is of this account",
    edits: [{ file: "src/handlers/receive.ts", text: "if (leftOut === undefined) return", by: 'if (leftOut !== "") return' }],
  },
  {
    id: "never-9-policy",
    words: "that tag and setting are read again right before a deletion",
    edits: [{ file: DELETION, text: 'if (request.via === "policy" && view) await', by: 'if (request.via === "terminal" && view) await' }],
  },
  {
    id: "never-9-cancelled",
    words: "the look, before a change, whether somebody has cancelled it",
    edits: [{ file: USE, text: "if (request.cancelled) throw", by: 'if (request.cancelled?.by === "") throw' }],
  },
  {
    id: "never-10-address",
    words: "the care that no response_url is logged",
    edits: [
      {
        file: "src/handlers/answer.ts",
        text: "by: logged(request.actor), reason }",
        by: "by: logged(request.actor), reason, to: request.responseUrl }",
      },
    ],
  },
  {
    id: "end-sure",
    words: "the minute for which an end of a switchover must be seen",
    edits: [
      {
        file: "src/operations/switchover/ending.ts",
        text: "const isSure = end === undefined ||",
        by: "const isSure = end !== undefined ||",
      },
    ],
  },
  {
    id: "end-told",
    words: "that the next sweep tells an end that a dying run did not",
    edits: [{ file: SETTLE, text: "(outcome && !endUntold)", by: "(outcome && endUntold !== false)" }],
  },
  {
    id: "end-released",
    words: "the release of a claim once its operation has ended",
    edits: [
      { file: END, text: "else await release(ended.blue, execution, records);", by: "else void release;" },
      { file: SETTLE, text: "  await release(blue, owner, records);", by: "  void release;" },
    ],
  },
  {
    id: "end-dead",
    words: "the end of operations whose execution has died",
    edits: [{ file: SETTLE, text: "if (usedBy === undefined ||", by: "if (usedBy !== null ||" }],
  },
];
