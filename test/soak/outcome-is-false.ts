import type { OperationRequest } from "../../src/operations/request.ts";
import { wordsOf } from "../support/operations/words.ts";
import { isSwitched, STALE_MS, type World } from "../support/simulation/hidden/world.ts";
import type { Call } from "./monitor.ts";

const UNCHANGED = /nothing (has |was )?changed/i;
const DID_NOTHING = /changed nothing|nothing was deleted/i;
const GONE = /is gone: somebody has deleted it|does not list the deployment any more|is deleted, with green|is deleted with green/;

/** Why what is said of an operation's end is not true; undefined if it is. */
export function outcomeIsFalse(
  request: OperationRequest,
  acceptedCalls: readonly { call: Call; acceptedAt?: number }[],
  world: World | undefined,
  worlds: readonly World[],
): string | undefined {
  const { result = "unclear" } = request.outcome ?? {};
  const text = wordsOf(request.outcome);
  // What a person is asked because of quotes how something else ended.
  if (result === "unclear" || !world || text.startsWith("A person has to decide.")) return undefined;
  const { operation, deploymentId, created } = request;
  const accepted = acceptedCalls.map(({ call }) => call);
  const changes = accepted.filter((it) => it !== "unprotect");
  const lately = world.during(2 * STALE_MS);
  const deployment = world.ever.get(deploymentId);
  const listed = deployment?.pairs.filter((it) => it.listed) ?? [];
  if (result === "refused" && changes.length > 0) return `RDS has accepted ${changes.join(", ")}`;
  if (DID_NOTHING.test(text) && changes.length > 0) return `RDS has accepted ${changes.join(", ")}`;
  if (/nothing was created/.test(text) && accepted.includes("create") && !request.resumed) return "RDS has accepted a creation";
  if (operation === "switchover" && result === "cancelled" && UNCHANGED.test(text)) {
    const switched = listed.filter((it) => world.truth.deployments.length > 0 && isSwitched(world.truth, it));
    if (switched.length > 0) return `${switched.map(({ name }) => name).join(", ")} is switched over`;
  }
  const begunAt = acceptedCalls.findLast(({ call }) => call === "switchOver")?.acceptedAt;
  if (operation === "switchover" && (result === "cancelled" || result === "failed") && begunAt !== undefined) {
    const since = world.during(world.now - begunAt).map(({ deployments }) => deployments.find((it) => it.id === deploymentId)?.status);
    if (since.every((it) => it === "SWITCHOVER_IN_PROGRESS")) return "RDS is at it, and has been since it accepted it";
  }
  if (operation === "switchover" && result === "done") {
    const open = listed.filter(({ name }) => !world.switched.has(`${deploymentId}|${name}`));
    if (open.length > 0) return `${open.map(({ name }) => name).join(", ")} was never switched over`;
  }
  if (operation === "recreate" && result === "done") {
    if (!accepted.includes("create")) return "RDS has accepted no creation";
    if (!worlds.some(({ ever }) => ever.has(created ?? ""))) return `there never was ${created}`;
  }
  const said = GONE.exec(text)?.[0];
  const about = /new deployment/.test(text) ? created : deploymentId;
  const isThere = lately.every(({ deployments }) => deployments.some((it) => it.id === about && it.status !== "DELETING"));
  if (said !== undefined && isThere) return `"${said}", and ${about} is there`;
  return undefined;
}
