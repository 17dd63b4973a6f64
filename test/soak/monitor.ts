import { isDeepStrictEqual } from "node:util";
import type { RdsChanges } from "../../src/clients/rds/changes.ts";
import type { Item } from "../../src/clients/records.ts";
import type { Deployment } from "../../src/deployments/deployment.ts";
import type { BlueItem } from "../../src/operations/claim.ts";
import { type OperationRequest, requestIdOf, requestKey } from "../../src/operations/request.ts";
import { wordsOf } from "../support/operations/words.ts";
import type { Accepted } from "../support/simulation/hidden/changes.ts";
import type { HiddenGuard } from "../support/simulation/hidden/guard.ts";
import { arnOf, STALE_MS, type Truth, type World } from "../support/simulation/hidden/world.ts";
import type { Engine } from "./engine.ts";
import { mayBeDeleted } from "./may-be-deleted.ts";
import { outcomeIsFalse } from "./outcome-is-false.ts";
import { keptSince } from "./settings.ts";
import type { Story } from "./story.ts";
import type { RuleName, Violation } from "./violation.ts";

/** What one run of the guard is, and what it was shown. */
export interface RunInfo {
  what: string;
  execution?: string;
  requestId?: string;
  /** RDS's last answer about each deployment. */
  shown: Map<string, Deployment | undefined>;
  /** True once it died, or could not read or write a record: it may have been unable to write down what it heard. */
  isForgetful?: boolean;
}

export type Call = keyof RdsChanges;

/** A change that was asked for, and what became of it. */
interface Asked {
  call: Call;
  /** The deployment or database that it names. */
  of: string;
  requestId: string;
  info: RunInfo;
  at: number;
  accepted?: boolean;
  /** Milliseconds since 1970. */
  acceptedAt?: number;
  /** That RDS answered that it does not take it; `for good` unless that was only for now. */
  refused?: "for now" | "for good";
}

/** The only commands by which the guard may change anything in RDS. */
const COMMANDS: ReadonlySet<string> = new Set([
  "CreateBlueGreenDeploymentCommand",
  "DeleteBlueGreenDeploymentCommand",
  "ModifyDBClusterCommand",
  "ModifyDBInstanceCommand",
  "SwitchoverBlueGreenDeploymentCommand",
]);
/** How long a run may take between its last read and its change, and how long a decision takes to be read. */
const MARGIN_MS = 60_000;
/** How long a change may take from what is written down of it to its call. */
const IN_FLIGHT_MS = 10_000;
/** How long a run may take from its first read of a state to what it writes about it. */
const LOOKS_MS = 20_000;
const VALID_MS = 30 * 60_000;
const QUIET_MS = 10 * 60_000;

/** What the monitor judges by. */
export interface Watched {
  story: Story;
  guard: HiddenGuard;
  engine: Engine;
  /** What was logged, a line each. */
  lines: readonly { message: string; details: Record<string, unknown> }[];
  now(): number;
  /** Since when (milliseconds since 1970) the tags that were shown and the setting ask for less; undefined if they do not. */
  lessSince(shown: Record<string, string> | undefined): number | undefined;
}

/** Judges by the hidden truth what the guard asks of RDS and writes down. */
export class Monitor {
  readonly violations: Violation[] = [];
  readonly asked: Asked[] = [];
  readonly #with: Watched;
  /** How the deployment stood around the time at which somebody confirmed or the policy considered it, by request and hash. */
  readonly #confirmed = new Map<string, Set<string>>();

  /** When executions lost the claims that they had. */
  readonly #lost = new Map<string, number>();

  constructor(watched: Watched) {
    this.#with = watched;
  }

  violate(rule: RuleName, text: string): void {
    this.violations.push({ rule, text, at: this.#with.now() });
  }

  request(id: string): OperationRequest | undefined {
    return this.#with.guard.outside.items.get(requestKey(id))?.item as OperationRequest | undefined;
  }

  acceptedOf(requestId: string, call?: Call): Asked[] {
    return this.asked.filter((it) => it.requestId === requestId && it.accepted && (call === undefined || it.call === call));
  }

  /** The guard is about to ask RDS for a change; returns what is to be told of its answer. */
  asking(call: Call, of: string, info: RunInfo): Asked {
    const { now, engine, lines } = this.#with;
    const requestId = info.requestId ?? "";
    const asked: Asked = { call, of, requestId, info, at: now() };
    const request = this.request(requestId);
    const before = this.asked.filter((it) => it.requestId === requestId);
    this.asked.push(asked);
    if (!request) {
      this.violate("never 3", `${info.what} asks for ${call} of ${of} without a request`);
      return asked;
    }
    if (!request.approved) this.violate("never 3", `${requestId} is not approved, and asks for ${call} of ${of}`);
    if (request.usedBy !== info.execution)
      this.violate("never 4", `${requestId} is used by ${request.usedBy}, and ${info.execution} asks for ${call}`);
    const claim = this.#blue(request.blue)?.claim;
    if (claim?.owner !== info.execution && !this.#hasJustLost(info.execution))
      this.violate("never 4", `${call} of ${of} by ${info.execution}, and the claim is ${claim?.owner}'s`);
    this.#judgeIntent(call, request, requestId);
    if (
      !lines.some(({ message, details }) => message === "Operation" && details["requestId"] === requestId && details["step"] === "started")
    )
      this.violate("never 6", `${call} of ${of} before the log says that ${requestId} has started`);
    const { cancelled, outcome } = request;
    if (cancelled && now() - Date.parse(cancelled.at) > (call === "create" ? MARGIN_MS / 2 : IN_FLIGHT_MS))
      this.violate("never 9", `${requestId} was cancelled at ${cancelled.at}, and asks for ${call} of ${of}`);
    if (outcome && now() - Date.parse(outcome.at) > MARGIN_MS)
      this.violate("never 4", `${requestId} ended at ${outcome.at}, and asks for ${call} of ${of}`);
    if (!before.some((it) => it.accepted !== false || !it.refused)) this.#judgeTime(call, request, requestId);
    if (call === "switchOver" && before.some((it) => it.call === call && !it.refused))
      this.violate("never 7", `${requestId} asks for a switchover again, and RDS did not refuse the last`);
    if (call === "deleteWithGreen") this.#judgeDeletion(request, requestId, info, before);
    if (call === "unprotect") this.#judgeUnprotect(request, requestId, of);
    if (!engine.isRunning(info.execution) && !engine.isLingering(info.execution)) {
      const ended = engine.executions.find(({ arn }) => arn === info.execution)?.endedAt ?? now();
      if (now() > ended) this.violate("never 4", `${info.execution} has ended, and asks for ${call}`);
    }
    return asked;
  }

  /** The guard's client sends a command to RDS. */
  sends(command: string, input: Record<string, unknown>, info: RunInfo): void {
    const { DBClusterIdentifier: _cluster, DBInstanceIdentifier: _instance, ...rest } = input;
    const turnsOff = isDeepStrictEqual(rest, { DeletionProtection: false, ApplyImmediately: true });
    if (!COMMANDS.has(command) || (command.startsWith("Modify") && !turnsOff))
      this.violate("never 2", `${info.what} sends ${command} ${JSON.stringify(input)}`);
  }

  /** A process that lingers after its execution has ended can look at its claim for the last time right before that is released. */
  #hasJustLost(execution: string | undefined): boolean {
    const { now, engine } = this.#with;
    return engine.isLingering(execution) && now() - (this.#lost.get(execution ?? "") ?? 0) < IN_FLIGHT_MS;
  }

  /** RDS accepts it. */
  accepted({ call, world }: Accepted, info: RunInfo): void {
    const asked = this.asked.findLast((it) => it.requestId === info.requestId && it.call === call);
    if (asked) Object.assign(asked, { accepted: true, acceptedAt: this.#with.now() });
    const count = this.acceptedOf(info.requestId ?? "", call).length;
    const rule = call === "switchOver" ? "never 7" : "never 4";
    if (count > 1 && call !== "unprotect") this.violate(rule, `RDS accepted ${count} times: ${call} of ${info.requestId}`);
    const others = this.asked.filter(
      (it) => it.accepted && it.requestId !== info.requestId && it.at > this.#with.now() - 30 * 24 * 3_600_000,
    );
    for (const { requestId } of others) {
      const other = this.request(requestId);
      if (other?.blue === this.request(info.requestId ?? "")?.blue && other && !other.outcome)
        this.violate("never 4", `${call} of ${info.requestId} while ${requestId} is at work on the same blue of world ${world.number}`);
    }
    for (const harm of this.#with.guard.harm.splice(0)) this.violate("never 1", `green was deleted that is production: ${harm}`);
  }

  /** An item was written. */
  wrote(before: Item | undefined, after: Item, info: RunInfo): void {
    const id = requestIdOf(after.key);
    if (id !== undefined) this.#wroteRequest(id, before as OperationRequest | undefined, after as OperationRequest, info);
    if (after.key === "policy") keptSince.set(this.#with.guard.outside, this.#with.now());
    if (after.key.startsWith("blue#")) this.#wroteBlue(before as BlueItem | undefined, after as BlueItem);
  }

  #blue(blue: string): BlueItem | undefined {
    return this.#with.guard.outside.items.get(`blue#${blue}`)?.item as BlueItem | undefined;
  }

  #worldOf(deploymentId: string): World | undefined {
    return this.#with.guard.worlds.find(({ ever }) => ever.has(deploymentId));
  }

  #judgeIntent(call: Call, request: OperationRequest, requestId: string): void {
    const { intent, before, attemptedAt, creationBegunAt, deletionBegunAt, unprotectBegunAt, notes, requestedBy } = request;
    const written: Record<Call, unknown> = {
      unprotect: intent && unprotectBegunAt,
      deleteWithGreen: intent && deletionBegunAt,
      create: intent && deletionBegunAt && creationBegunAt,
      switchOver: before && attemptedAt,
    };
    if (!written[call] || !requestedBy || !notes?.some(({ step }) => step === "started"))
      this.violate("never 6", `${call} of ${requestId} before it was written down`);
  }

  #judgeTime(call: Call, request: OperationRequest, requestId: string): void {
    const { requestedAt, approvedBy, resumed = [], settledAt } = request;
    const decided = Math.max(...[requestedAt, approvedBy?.at, resumed.at(-1)?.at, settledAt].map((at) => Date.parse(at ?? "") || 0));
    const late = this.#with.now() - decided - VALID_MS - MARGIN_MS;
    if (late > 0) this.violate(call === "switchOver" ? "never 7" : "never 3", `${call} of ${requestId} ${late} ms after its 30 minutes`);
  }

  #judgeDeletion(request: OperationRequest, requestId: string, info: RunInfo, before: readonly Asked[]): void {
    const { now, guard, lessSince } = this.#with;
    const { deploymentId, via } = request;
    if (before.some((it) => it.call === "deleteWithGreen" && it.refused === "for good" && !it.info.isForgetful))
      this.violate("never 7", `${requestId} asks for a deletion that RDS has refused`);
    const shown = info.shown.get(deploymentId);
    const world = this.#worldOf(deploymentId);
    const lately = world?.during(STALE_MS + MARGIN_MS) ?? [];
    const why = mayBeDeleted(shown, request, lately);
    if (why !== undefined) this.violate("never 1", `${requestId}: ${why}`);
    if (via !== "policy") return;
    const since = lessSince(shown?.tags);
    if (since !== undefined && now() - since > MARGIN_MS / 2)
      this.violate("never 9", `${requestId} deletes by itself, and tag or setting ask for less since ${new Date(since).toISOString()}`);
    if (guard.harm.length > 0) this.violate("never 1", guard.harm.splice(0).join(", "));
  }

  #judgeUnprotect(request: OperationRequest, requestId: string, name: string): void {
    const { deploymentId, via, intent } = request;
    if (via === "policy") this.violate("never 5", `${requestId} of the policy turns off a protection`);
    if (!intent?.protectedGreens.some((arn) => arn.endsWith(`:${name}`)))
      this.violate("never 5", `${name} is not in the plan of ${requestId}`);
    const world = this.#worldOf(deploymentId);
    const isGreen = (world?.during(STALE_MS + MARGIN_MS) ?? []).some(({ things, deployments }) =>
      deployments.some((it) => it.id === deploymentId && it.pairs.some(({ green }) => things[green ?? ""]?.name === name)),
    );
    if (!isGreen || !/-green-[a-z0-9]{6}$/.test(name)) this.violate("never 5", `${name} is no green member of ${deploymentId}`);
  }

  #wroteRequest(id: string, before: OperationRequest | undefined, after: OperationRequest, info: RunInfo): void {
    const { now, story } = this.#with;
    if (before?.usedBy !== after.usedBy && after.usedBy !== undefined) {
      if (before?.usedBy !== undefined) this.violate("never 4", `${id} is used by ${before.usedBy}, and then by ${after.usedBy}`);
      if (!after.approved) this.violate("never 3", `${id} is used, and not approved`);
      if (after.cancelled || after.outcome) this.violate("never 3", `${id} is used, and was cancelled or has ended`);
      if (now() - Date.parse(after.validUntil) > MARGIN_MS) this.violate("never 3", `${id} is used after ${after.validUntil}`);
      const needs = story.approvals > 0 && after.via === "slack";
      if (needs && (after.approvedBy?.by.id === undefined || after.approvedBy.by.id === after.askerId))
        this.violate("never 3", `${id} is used, and approved by ${JSON.stringify(after.approvedBy)}`);
    }
    if (before?.stateHash !== after.stateHash) this.#confirmed.set(id, this.#states(after.deploymentId));
    const intends = (!before?.intent && after.intent) || (!before?.before && after.before);
    if (intends && before) this.#judgeState(id, after);
    if (!before?.outcome && after.outcome) {
      const why = outcomeIsFalse(after, this.acceptedOf(id), this.#worldOf(after.deploymentId), this.#with.guard.worlds);
      if (why !== undefined)
        this.violate("outcomes that are not true", `${id} ${after.outcome.result} (${info.what}): ${why}\n${wordsOf(after.outcome)}`);
    }
  }

  /** What is about to be done must have been confirmed as it is. */
  #judgeState(id: string, request: OperationRequest): void {
    const confirmed = this.#confirmed.get(id);
    const now = this.#states(request.deploymentId);
    if (confirmed && ![...now].some((it) => confirmed.has(it)))
      this.violate(
        "never 3",
        `${id} begins on another state than was confirmed: ${[...confirmed].join(" or ")}, now ${[...now].join(" or ")}`,
      );
  }

  /** How the deployment may have been shown in the last looks. */
  #states(id: string): Set<string> {
    const staleMs = this.#with.story.chances.stale > 0 ? STALE_MS : 0;
    const truths = this.#worldOf(id)?.during(staleMs + LOOKS_MS) ?? [];
    return new Set(truths.map((truth) => stateOf(truth, id)));
  }

  #wroteBlue(before: BlueItem | undefined, after: BlueItem): void {
    const { now, engine, guard } = this.#with;
    const [was, is] = [before?.claim, after.claim];
    if (was?.owner === is?.owner) return;
    if (was) this.#lost.set(was.owner, now());
    if (is) {
      for (const { item } of guard.outside.items.values()) {
        const { forced, blue, outcome } = item as OperationRequest;
        const isQuiet =
          forced && outcome && `blue#${blue}` === after.key && now() - Date.parse(forced.at) < QUIET_MS && is.since > outcome.at;
        if (isQuiet && is.requestId !== requestIdOf(item.key))
          this.violate("never 4", `${is.requestId} begins on ${after.key} within ten minutes after ${item.key} was ended by force`);
      }
    }
    if (!was) return;
    const request = this.request(was.requestId);
    if (engine.isRunning(was.owner) && !request?.outcome)
      this.violate("never 4", `${after.key} was taken from ${was.owner}, which is running`);
    if (request?.outcome?.result === "unclear" && request.decided === undefined)
      this.violate("never 4", `${after.key} was released, and nobody has decided about ${was.requestId}`);
  }
}

function stateOf({ deployments, things }: Truth, id: string): string {
  const found = deployments.find((it) => it.id === id);
  if (!found) return "gone";
  const members = found.pairs
    .filter(({ listed }) => listed)
    .map(({ blue, green, status, frozen }) => {
      const [source, target] = [things[blue], things[green ?? ""]];
      const name = (thing: typeof source, old?: string) => (thing ? arnOf(thing.kind, old ?? thing.name) : "none");
      return `${name(source, frozen?.source)} ${name(target, frozen?.target)} ${status} ${target?.version} ${target?.isProtected ?? false}`;
    });
  return `${found.status}: ${members.join(", ")}`;
}
