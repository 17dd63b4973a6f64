import { expect } from "vitest";
import { BUS, channelsOf } from "../../../src/facts/facts.ts";
import { cardOf, entryOf, isTold } from "../../../src/facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf } from "../../../src/facts/record.ts";
import { card } from "../../../src/messages/slack/card.ts";
import { cardDetails } from "../../../src/messages/slack/card-details.ts";
import { readStanding } from "../../../src/operations/read/standing-of.ts";
import { viewOf } from "../../../src/operations/read/view-of.ts";
import { lookAtLeft } from "../../../src/telling/news.ts";
import { notesOf, placesOf } from "../../../src/telling/places.ts";
import { DEFAULT_CHANNEL, type Outside } from "../../support/simulation/ports.ts";
import type { Outcome } from "./simulate.ts";

/** The records of deployments and databases, by key. */
export function recordsOf(outside: Pick<Outside, "items">): DeploymentRecord[] {
  const items = [...outside.items.values()].map(({ item }) => item as DeploymentRecord);
  return items.filter(({ key }) => /^(deployment|database)#/.test(key)).sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What the team was told of each deployment: the facts whose entry, or the entry they share, stands in each of their channels with its details and shows all that is known. */
export function factsTold({ outside }: Outcome): Record<string, string[]> {
  const standing = new Set(outside.messages.map(({ channel, ts }) => `${channel} ${ts}`));
  return Object.fromEntries(
    recordsOf(outside).map((record) => [
      record.key,
      record.facts
        .filter((fact) => {
          const teller = record.facts.find(({ id }) => id === fact.toldBy) ?? fact;
          const stands = (channel: string) => {
            const { ts, details } = entryOf(record, teller.id, channel) ?? {};
            return [ts, ...(details ? [details.ts] : [])].every((it) => standing.has(`${channel} ${it}`));
          };
          return isTold(record, teller) && channelsOf(teller).every(stands);
        })
        .map(({ signal }) => signal)
        .sort(),
    ]),
  );
}

/** What stands on the event bus of each deployment; one that was degraded may have been called ready before, or not. */
export function published({ outside }: Outcome): string[] {
  const facts = outside.published.map(({ type, detail }) => `${detail.deploymentId} ${type}`);
  const degraded = (id: string | undefined) => facts.includes(`${id} Deployment Degraded`);
  return [...new Set(facts)].filter((fact) => !(fact.endsWith("Ready") && degraded(fact.split(" ")[0]))).sort();
}

/** How many facts stand on the event bus more than once. */
export function republished({ outside }: Outcome): number {
  const marked = recordsOf(outside).flatMap(({ posts }) => posts.filter((post) => post.in === BUS));
  return outside.published.length - marked.length;
}

/** How many messages stand in the channels beyond one card a deployment and one entry a fact or digest, each with its details. */
export function repeated({ outside }: Outcome): number {
  const posts = recordsOf(outside).flatMap((record) => record.posts);
  const wanted = posts.flatMap(({ in: channel, ts, details }) => [ts, details?.ts].flatMap((it) => (it ? `${channel} ${it}` : [])));
  return outside.messages.length - new Set(wanted).size;
}

/** Expects every card and its details to show what the API shows now, or showed last of a deployment that is gone. */
export async function expectCardsToShowTheApi({ outside }: Outcome): Promise<void> {
  const records = outside.records();
  const places = placesOf({ slack: { channel: DEFAULT_CHANNEL }, channels: outside.channels });
  for (const record of recordsOf(outside)) {
    const view = await viewOf(deploymentIdOf(record.key) ?? "", outside.rds());
    const standing = await readStanding({ view, record, ...(await lookAtLeft(record, outside.rds())) }, records, outside.now);
    if (!standing) continue;
    const own = cardOf(record);
    const shown = (at: string | undefined) => plain(outside.messages.find(({ ts, channel }) => ts === at && channel === own?.in)?.message);
    const notes = notesOf(record, places);
    expect(shown(own?.ts), record.key).toEqual(plain(card(standing, false, undefined, undefined, notes)));
    if (record.continuedBy === undefined)
      expect(shown(own?.details?.ts), record.key).toEqual(plain(cardDetails(standing, undefined, undefined, notes)));
  }
}

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
