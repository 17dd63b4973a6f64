import type { Deployment } from "../../src/deployments/deployment.ts";
import type { OperationRequest } from "../../src/operations/request.ts";
import { arnOf, type Truth } from "../support/simulation/hidden/world.ts";

const GREEN = /-green-[a-z0-9]{6}$/;
const nameOf = (arn: string) => arn.split(":").at(-1) ?? "";

/** Why a deployment must not be deleted with green, as the same step was shown it and by what was true lately; undefined if it may. */
export function mayBeDeleted(shown: Deployment | undefined, request: OperationRequest, lately: readonly Truth[]): string | undefined {
  const { askedFor, intent, blue, deploymentId } = request;
  if (!shown) return "RDS did not show it in the same step";
  const { status, source, target, members } = shown;
  if (!["AVAILABLE", "INVALID_CONFIGURATION"].includes(status) && (askedFor === undefined || status !== askedFor)) return `it is ${status}`;
  const switched = members.find((it) => /^SWITCHOVER_(IN_PROGRESS|COMPLETED)$/.test(it.status ?? ""));
  if (switched) return `${switched.source} is ${switched.status}`;
  const targets = [target, ...members.map((it) => it.target)].filter((it) => it !== undefined);
  if (target === undefined || !members.some((it) => it.target !== undefined)) return "it has no target";
  const other = targets.find((it) => !GREEN.test(nameOf(it)));
  if (other !== undefined) return `${other} is not named as green is`;
  const sources = [source, ...members.map((it) => it.source)];
  const both = targets.find((it) => sources.includes(it));
  if (both !== undefined) return `${both} is source and target`;
  if (source !== intent?.source) return `its source is ${source}, and not ${intent?.source}`;
  const isBlue = ({ things }: Truth) =>
    Object.values(things).some((it) => it.exists && it.id === blue && arnOf(it.kind, it.name) === source);
  if (!lately.some(isBlue)) return `${source} is not ${blue}`;
  const statuses = lately.map(({ deployments }) => deployments.find((it) => it.id === deploymentId)?.status);
  if (statuses.every((it) => it?.startsWith("SWITCHOVER_") && it !== askedFor)) return `it has been ${statuses.join(", ")}`;
  return undefined;
}
