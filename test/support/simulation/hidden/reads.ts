import type { Rds } from "../../../../src/clients/rds/rds.ts";
import { isGreenName, rdsName } from "../../../../src/deployments/arn.ts";
import type { Deployment } from "../../../../src/deployments/deployment.ts";
import { isExchanged } from "../../../../src/deployments/membership.ts";
import { type Answer, answerOf, type Truly, type World } from "./world.ts";

/** How the answers of RDS differ from what is: each lags by its own part of a minute, and one database can be missing. */
export interface Reading {
  /** Seconds, used one after the other and then again. */
  lags: readonly number[];
  /** The same for the list of events, which need not be as old as the answers; `lags` decide where it is omitted. */
  eventsLag?: number;
  /** Which database an answer leaves out, if any. */
  hides?: number;
}

/** Hears of each member that an answer shows: whether RDS says that it was switched, and which names its sides bear. */
export type Shown = (id: string, name: string, member: { isSwitched: boolean; sourceBears: boolean; targetBears: boolean }) => void;

/** RDS as the guard asks it; `shown` hears of every member that an answer shows switched. */
export function readsOf(worlds: readonly World[], { lags, hides, eventsLag = lags[0] ?? 0 }: Reading, shown: Shown): Rds {
  let reads = 0;
  const answers = (): { answer: Answer; deployments: readonly Truly[] }[] => {
    const lag = lags[reads % Math.max(1, lags.length)] ?? 0;
    reads += 1;
    const truths = worlds.map((world) => world.at(lag * 1_000));
    return truths.map((truth) => ({ answer: answerOf(truth), deployments: truth.deployments }));
  };
  const heard = (only?: string): Deployment[] =>
    answers().flatMap(({ answer: found, deployments }) => {
      if (only !== undefined && !found.deployments.some(({ id }) => id === only)) return [];
      for (const [index, deployment] of found.deployments.entries()) hear(deployment, deployments[index], shown);
      return found.deployments;
    });
  return {
    deployment: async (id) => heard(id).find((it) => it.id === id),
    deployments: async () => heard(),
    async databases(of) {
      const arns = new Set(of.flatMap((it) => [it, ...it.members]).flatMap(({ source, target }) => [source, target]));
      const names = [...arns].flatMap((arn) => (arn && rdsName(arn).kind === "cluster" ? [rdsName(arn).name] : []));
      const clusters = answers().flatMap(({ answer }) => answer.clusters.filter(({ arn }) => arns.has(arn)));
      const instances = answers().flatMap(({ answer }) =>
        answer.instances.filter(({ arn, cluster }) => arns.has(arn) || names.includes(cluster ?? "")),
      );
      const all = [...clusters, ...instances].sort((a, b) => (a.arn < b.arn ? -1 : 1));
      return all.filter((_, index) => hides === undefined || index !== hides);
    },
    async endpoints(of) {
      const arns = new Set(of.flatMap((it) => it.members).flatMap(({ source, target }) => [source, target]));
      return answers().flatMap(({ answer }) => answer.endpoints.filter(({ arn }) => arns.has(arn)));
    },
    async events(from, until) {
      const all = worlds.flatMap((world) => {
        const latest = Math.min(until, world.now - eventsLag * 1_000);
        return world.said.filter(({ at }) => at >= from && at <= latest);
      });
      if (worlds.length > 1) all.sort((a, b) => a.at - b.at);
      return all.map(({ at, sourceType, name, message }) => ({
        SourceIdentifier: name,
        SourceType: SOURCE_TYPES[sourceType],
        Message: message,
        Date: new Date(at),
      }));
    },
  };
}

const SOURCE_TYPES = { CLUSTER: "db-cluster", DB_INSTANCE: "db-instance", BLUE_GREEN_DEPLOYMENT: "blue-green-deployment" } as const;

function hear({ id, status: all, members }: Deployment, truly: Truly | undefined, shown: Shown): void {
  const listed = truly?.pairs.filter((it) => it.listed) ?? [];
  // Who first sees a deployment while it is switched over can only guess which names were blue's.
  const isBefore = ![all, ...members.map(({ status }) => status)].some((it) => /^SWITCHOVER_(COMPLETED|IN_PROGRESS)$/.test(it ?? ""));
  const isGreen = members.every(({ source, target }) => source && (!target || isGreenName(rdsName(target).name)));
  for (const [index, member] of members.entries()) {
    const name = listed[index]?.name;
    if (name === undefined) continue;
    const bears = (arn: string | undefined) => arn !== undefined && rdsName(arn).name === name;
    const isSwitched = member.status === "SWITCHOVER_COMPLETED" || isExchanged(member);
    shown(id, name, { isSwitched, sourceBears: isBefore && isGreen && bears(member.source), targetBears: bears(member.target) });
  }
}
