import { createHash } from "node:crypto";
import type { Item, Records } from "../clients/records.ts";
import { ON_DEGRADED, type OnDegraded, onDegradedOf } from "../plans/on-degraded.ts";
import { amendItem } from "./amend-item.ts";
import type { Reason } from "./says/reasons.ts";

/** The settings that say whether a degraded deployment is recreated without a person. */
export interface PolicySettings {
  onDegraded: OnDegraded;
  /** Whether a deployment's tag may ask for more than the setting does. */
  tagMayRaise: boolean;
}

interface PolicyItem extends Item, PolicySettings {}

const KEY = "policy";

/** Keeps the settings of the guard that is deployed now: an execution goes on with the version, and the settings, that it began with. */
export async function keepPolicy({ onDegraded, tagMayRaise }: PolicySettings, records: Pick<Records, "read" | "write">): Promise<void> {
  const first: PolicyItem = { key: KEY, version: 0, onDegraded, tagMayRaise };
  await amendItem(records, first, (it) => {
    const isKept = it.version > 0 && it.onDegraded === onDegraded && it.tagMayRaise === tagMayRaise;
    return isKept ? it : { ...it, onDegraded, tagMayRaise };
  });
}

/** Why the policy does not recreate the deployment, by its tag and by the settings now and at the beginning; undefined if it does. */
export async function whyNotByPolicy(
  deployment: { tags: Record<string, string> },
  begunWith: PolicySettings,
  records: Pick<Records, "read">,
): Promise<Reason | undefined> {
  const kept = (await records.read<PolicyItem>(KEY)) ?? begunWith;
  const asks = [begunWith, kept].map((settings) => ON_DEGRADED.indexOf(onDegradedOf(deployment, settings)));
  const least = ON_DEGRADED[Math.min(...asks)];
  return least === undefined || least === "recreate" ? undefined : { code: "policy-asks-for-less", applies: least };
}

/** The id of the policy's request for a deployment: always the same, in the form of a UUID, so that the policy asks once. */
export function policyRequestId(deploymentId: string): string {
  const hash = createHash("sha256").update(`policy|${deploymentId}`).digest("hex");
  return hash.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
