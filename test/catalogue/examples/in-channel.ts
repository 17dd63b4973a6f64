import type { Deployment } from "../../../src/deployments/deployment.ts";
import { type CardNotes, card } from "../../../src/messages/slack/card.ts";
import { copied } from "../../../src/messages/slack/copied.ts";
import type { Message } from "../../../src/messages/slack/message.ts";
import { notice } from "../../../src/messages/slack/notice.ts";
import { stormCard, stormOver } from "../../../src/messages/slack/storm.ts";
import { TRIAL } from "../../../src/messages/slack/trial.ts";
import { unwritableMessage } from "../../../src/messages/slack/unwritable.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { CHANNEL_TAG } from "../../../src/telling/places.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { event, first, rememberedOf, second } from "../../support/deployments/upgrade.ts";
import { having } from "../../unit/messages/sent.ts";
import type { Example } from "./example.ts";
import { AT, DEPLOYMENT, GREEN_WRITER, WRITER } from "./sentences/each.ts";

/** What the channel shows while very many deployments have news at once. */
const storms = (): readonly Example[] => [
  {
    when: "Very many deployments have news at once",
    message: stormCard({
      waiting: { critical: 2, warning: 0, good: 40, info: 8 },
      watched: 60,
      first: [{ name: "orders-16", severity: "critical", signal: "replication-degraded", at: AT }],
    }),
  },
  { when: "All of it is told", message: stormOver(50) },
];

/** Cards in states that no story reaches. */
const cards = (): readonly Example[] => [
  ...[
    ["PROVISIONING", "RDS is building green"],
    ["INVALID_CONFIGURATION", "RDS says that the configuration is invalid"],
    ["SWITCHOVER_FAILED", "RDS says that the switchover failed"],
    ["SWITCHOVER_IN_PROGRESS", "RDS switches over"],
    ["DELETING", "RDS deletes the deployment"],
    ["MADE_UP", "RDS says what it has never said before"],
  ].map(([status = "", when = ""]) => ({ when: `${when}; a terminal watches`, message: watched(status) })),
  { when: "RDS says two things of replication", message: card(disagreeing(), true) },
  { when: "The deployment is gone, and green is there", message: card(gone(first())) },
  { when: "The deployment is gone after its switchover, and old blue is there", message: card(gone(second())) },
];

function watched(status: string): Message {
  const from = { machine: "laptop", cannotSee: ["CloudWatch metrics"] };
  return card(standingOf({ view: viewOf(first({ status })), facts: [] }), false, from);
}

function disagreeing(): Standing {
  const event = { state: "stopped", from: "event", database: WRITER, at: AT } as const;
  const api = { state: "replicating", from: "api", database: GREEN_WRITER } as const;
  const standing = standingOf({ view: viewOf(), facts: [] });
  return { ...standing, phase: "waiting", replication: { state: "stopped", by: event, disagreement: { event, api } } };
}

function gone(deployment: Deployment): Standing {
  const view = viewOf(deployment);
  return standingOf({ view, exists: false, facts: [], memory: rememberedOf(deployment), left: view.databases });
}

const OWN = "C0PAYMENTS";

/** What is said of a deployment that has a channel of its own. */
const elsewhere = (): readonly Example[] => {
  const standing = standingOf({ view: viewOf(), facts: [] });
  const noted = (notes: CardNotes) => card(standing, true, undefined, undefined, notes);
  const { entry } = having([event({ message: "Replication has stopped." })]);
  return [
    { when: "Its tag names a channel that no setting lists", message: noted({ ignored: { tag: CHANNEL_TAG, value: "C0UNKNOWN" } }) },
    {
      when: "Its own channel refuses the card, which then stands in the default one",
      message: noted({ refused: { channel: OWN, why: "Slack refused chat.postMessage: not_in_channel. Invite the bot." } }),
    },
    {
      when: "What a person has to act on, as it stands in the default channel, too",
      message: copied(notice(entry, true), OWN, DEPLOYMENT.id),
    },
  ];
};

/** What everybody sees besides entries. */
export const inChannel = (): readonly Example[] => [
  ...cards(),
  ...elsewhere(),
  ...storms(),
  {
    when: "The table does not take what the guard knows",
    message: unwritableMessage(DEPLOYMENT.name, "Item size has exceeded the maximum"),
  },
  { when: "Somebody has the channel tested", message: TRIAL },
];
