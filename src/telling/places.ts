import type { Slack } from "../clients/slack/slack.ts";
import type { Deployment } from "../deployments/deployment.ts";
import { BUS, channelsOf, type Fact, isForEverybody, SLACK } from "../facts/facts.ts";
import { isOnBus } from "../facts/on-bus.ts";
import { cardOf, isToldIn, type Post } from "../facts/posts.ts";
import type { DeploymentRecord } from "../facts/record.ts";
import type { CardNotes } from "../messages/slack/card.ts";

/** The tag of a deployment that chooses among the channels that the settings list. */
export const CHANNEL_TAG = "bluegreen-guard:channel";

/** Which deployment is told in which Slack channel. */
export interface Places {
  /** The channel of all that no other one is set for, and of what is for everybody. */
  byDefault: string;
  /** The channel that the settings and its tag give a deployment. */
  of(deployment: Pick<Deployment, "name" | "tags">): string;
  /** True for a channel that the settings list. */
  isSet(channel: string): boolean;
  /** True if facts without a name of their own on the event bus go there, too. */
  allOnBus: boolean;
}

/** What the places follow from. */
export interface PlacesDependencies {
  slack: Pick<Slack, "channel">;
  /** `PATTERN=CHANNEL`, as the setting has it; all are told in the default channel if omitted. */
  channels?: readonly string[];
  /** Whether every fact goes to the event bus, as a webhook needs it; only those with a name of their own there if omitted. */
  allOnBus?: boolean;
}

/** Reads the setting: the first pattern that matches a deployment's name gives its channel, unless its tag names another one that is set. */
export function placesOf({ slack, channels = [], allOnBus = false }: PlacesDependencies): Places {
  const routes = channels.map((it) => {
    const [pattern = "", channel = ""] = it.split("=");
    return { matches: matcherOf(pattern), channel };
  });
  const set = new Set([slack.channel, ...routes.map(({ channel }) => channel)]);
  return {
    byDefault: slack.channel,
    of({ name, tags }) {
      const asked = tags[CHANNEL_TAG];
      if (asked !== undefined && set.has(asked)) return asked;
      return routes.find(({ matches }) => matches.test(name))?.channel ?? slack.channel;
    },
    isSet: (channel) => set.has(channel),
    allOnBus,
  };
}

/** What a deployment's card says of the channels. */
export function notesOf({ seen, fallen = {} }: DeploymentRecord, { byDefault, of, isSet }: Places): CardNotes {
  if (!seen) return {};
  const { deployment } = seen;
  const asked = deployment.tags[CHANNEL_TAG];
  const own = of(deployment);
  const why = own === byDefault ? undefined : fallen[own];
  return {
    ...(asked !== undefined && !isSet(asked) && { ignored: { tag: CHANNEL_TAG, value: asked } }),
    ...(why !== undefined && { refused: { channel: own, why } }),
  };
}

/** `*` stands for any characters, `?` for one; names are as RDS spells them. */
const matcherOf = (pattern: string): RegExp => new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);

/**
 * The record with the channels of what was taken since: its deployment's own, and for what is for everybody also the default one. What a
 * channel that refuses has not taken, or should change, goes to the default channel. Returns the same record if nothing is to be decided.
 */
export function placed(record: DeploymentRecord, places: Places): DeploymentRecord {
  if (record.facts.length === 0 && !record.seen) return record;
  const { byDefault, allOnBus } = places;
  const hasFallen = (channel: string) => channel !== byDefault && record.fallen?.[channel] !== undefined;
  const own = record.seen ? places.of(record.seen.deployment) : byDefault;
  const home = hasFallen(own) ? byDefault : own;
  const isLeft = (fact: Fact, channel: string) => hasFallen(channel) && !isToldIn(record, fact, channel);
  const destOf = (fact: Fact): readonly string[] => {
    if (!fact.dest.some((it) => it === SLACK || isLeft(fact, it))) return fact.dest;
    const decided = (it: string) =>
      it === SLACK
        ? [home, ...(isForEverybody(fact) ? [byDefault] : []), ...(allOnBus && !isOnBus(fact.signal) ? [BUS] : [])]
        : isLeft(fact, it)
          ? byDefault
          : it;
    return [...new Set(fact.dest.flatMap(decided))];
  };
  const facts = record.facts.map((fact) => {
    const dest = destOf(fact);
    return dest === fact.dest ? fact : { ...fact, dest };
  });
  const isMoved = (post: Post) => {
    if (!hasFallen(post.in)) return false;
    return post.of === "card" || !facts.some((fact) => post.of.includes(fact.id) && channelsOf(fact).includes(post.in));
  };
  const posts = record.posts.filter((post) => !isMoved(post));
  const isCardMoved = cardOf(record) !== undefined && cardOf({ posts }) === undefined;
  const hasMoved = posts.length < record.posts.length;
  if (home === record.home && !hasMoved && facts.every((fact, index) => fact === record.facts[index])) return record;
  return { ...record, home, facts, ...(hasMoved && { posts }), ...(isCardMoved && { refresh: true }) };
}
