import type { RdsChanges } from "../../src/clients/rds/changes.ts";
import type { Rds } from "../../src/clients/rds/rds.ts";
import type { Time } from "../../src/clients/time.ts";
import { isGreenName, rdsName } from "../../src/deployments/arn.ts";
import type { DeploymentView } from "../../src/deployments/deployment.ts";
import { earliestListed } from "../../src/deployments/event-window.ts";
import { safeToDelete } from "../../src/plans/safe-to-delete.ts";
import type { Phase } from "../../src/standing/phase.ts";
import { standingOf } from "../../src/standing/standing.ts";

/** An RDS instance that the story may have as its blue: nothing in it is worth anything. */
export interface Throwaway {
  /** ARN. */
  arn: string;
  parameterGroup: string;
}

/** Where the story plays: the lab, or a real account. */
export interface Ground {
  rds: Rds & RdsChanges;
  time: Time;
  throwaway: Throwaway;
  say(line: string): void;
}

const MINUTE_MS = 60_000;
const LOOKS_MS = 30_000;
/** Longer than RDS has ever been seen to take for a database of this size. */
const PATIENCE_MS = 90 * MINUTE_MS;

/** Thrown if RDS does not do what the guard takes for granted. */
export class BrokenContractError extends Error {
  override readonly name = "BrokenContractError";
}

/**
 * Plays one story with the guard's own clients: a deployment is created, deleted with its green, created again and switched over. Says a
 * line for each thing that the guard takes for granted and that RDS does.
 *
 * @throws BrokenContractError for the first one that RDS does not; the SDK's error if RDS refuses a call
 */
export async function playStory(ground: Ground): Promise<void> {
  await asks(ground);
  const first = await creates("first", ground);
  await deletes(first, ground);
  const second = await creates("second", ground);
  await switches(second, ground);
}

function holds(isSo: boolean, what: string, seen: unknown, { say }: Pick<Ground, "say">): void {
  if (!isSo) throw new BrokenContractError(`${what}: RDS says otherwise. Seen: ${JSON.stringify(seen)}.`);
  say(`holds: ${what}`);
}

async function asks(ground: Ground): Promise<void> {
  const { rds, time, throwaway } = ground;
  const nowhere = { ...(await nothingAt(`${throwaway.arn}-nowhere`)), status: "AVAILABLE" };
  const databases = await rds.databases([nowhere]);
  holds(databases.length === 0, "a filter for a database that does not exist is answered with nothing", databases, ground);
  const events = await rds.events(earliestListed(time.now()), time.now());
  holds(Array.isArray(events), "events are listed for a little less than 14 days, with a start and an end", events.length, ground);
  holds((await rds.deployment("bgd-0000000000000000")) === undefined, "a deployment that does not exist is not found", undefined, ground);
}

const nothingAt = async (source: string) => ({ id: "none", name: "none", source, members: [], tasks: [], tags: {} });

async function creates(which: string, ground: Ground): Promise<DeploymentView> {
  const { rds, throwaway, say } = ground;
  const name = `${rdsName(throwaway.arn).name}-${which}`;
  const begunAt = ground.time.now();
  const id = await rds.create({
    BlueGreenDeploymentName: name,
    Source: throwaway.arn,
    TargetDBParameterGroupName: throwaway.parameterGroup,
    Tags: [{ Key: "purpose", Value: "bluegreen-guard test:cloud" }],
  });
  say(`created ${name}, ${id}`);
  const view = await waitFor(id, "ready", ground);
  const { deployment } = view;
  const greens = deployment.members.map(({ target = "" }) => rdsName(target).name);
  holds(greens.length > 0 && greens.every(isGreenName), "RDS names green with -green- and six letters or digits", greens, ground);
  holds(deployment.tags["purpose"] !== undefined, "the deployment has the tags that it was created with", deployment.tags, ground);
  const events = await rds.events(begunAt - MINUTE_MS, ground.time.now());
  const own = events.filter(({ SourceIdentifier }) => SourceIdentifier === id);
  holds(own.length > 0, "RDS lists the deployment's own events by its id", events.length, ground);
  return view;
}

async function deletes({ deployment }: DeploymentView, ground: Ground): Promise<void> {
  const { rds } = ground;
  const view = await look(deployment.id, ground);
  const { production } = standingOf({ view: view as DeploymentView, facts: [] });
  const request = { deploymentId: deployment.id, blue: { arn: ground.throwaway.arn }, production, intended: false };
  const verdict = safeToDelete(view, request);
  holds(verdict.verdict === "delete", "what RDS built may be deleted by the guard's own rules", verdict, ground);
  await rds.deleteWithGreen(deployment.id);
  await until(async () => ((await rds.deployment(deployment.id)) === undefined ? true : undefined), "the deployment is gone", ground);
  const left = await until(
    async () => {
      const found = await rds.databases([deployment]);
      return found.length === 1 ? found : undefined;
    },
    "green is deleted with it",
    ground,
  );
  holds(
    left[0]?.arn === ground.throwaway.arn,
    "blue stays, alone",
    left.map(({ arn }) => arn),
    ground,
  );
}

async function switches({ deployment, databases }: DeploymentView, ground: Ground): Promise<void> {
  const { rds, throwaway } = ground;
  const was = databases.find(({ arn }) => arn === throwaway.arn)?.resourceId;
  await rds.switchOver(deployment.id, 300);
  const view = await waitFor(deployment.id, "switched-over", ground);
  const outcomes = view.deployment.members.map(({ status }) => status);
  holds(
    outcomes.every((it) => it === "SWITCHOVER_COMPLETED"),
    "RDS says of each member that it is switched over",
    outcomes,
    ground,
  );
  const [now] = await rds.databases([{ ...deployment, source: throwaway.arn, target: undefined, members: [] }]);
  holds(now !== undefined && now.resourceId !== was, "blue's name leads to another database", [was, now?.resourceId], ground);
}

async function look(id: string, { rds }: Pick<Ground, "rds">): Promise<DeploymentView | undefined> {
  const deployment = await rds.deployment(id);
  return deployment && { deployment, databases: await rds.databases([deployment]) };
}

function waitFor(id: string, phase: Phase, ground: Ground): Promise<DeploymentView> {
  const seen = async () => {
    const view = await look(id, ground);
    return view && standingOf({ view, facts: [] }).phase === phase ? view : undefined;
  };
  return until(seen, `the guard calls it ${phase}`, ground);
}

async function until<T>(seen: () => Promise<T | undefined>, what: string, ground: Ground): Promise<T> {
  const { time, say } = ground;
  const last = time.now() + PATIENCE_MS;
  for (;;) {
    const found = await seen();
    if (found !== undefined) {
      say(`holds: ${what}`);
      return found;
    }
    if (time.now() >= last) throw new BrokenContractError(`${what}: not within ${PATIENCE_MS / MINUTE_MS} minutes.`);
    await time.until(time.now() + LOOKS_MS);
  }
}
