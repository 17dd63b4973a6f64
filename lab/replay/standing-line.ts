import { card } from "../../src/messages/card.ts";
import { messageText } from "../slack/text.ts";
import { safeJson } from "./json-line.ts";
import type { Stood } from "./stand.ts";

/** How a deployment stands as a line of JSON, without its end; README, "replay", lists the values, which stay when words change. */
export function standingLine({ standing, checks }: Stood): string {
  const { id, phase, severity, members, production, replication, offers } = standing;
  return safeJson({
    deployment: id,
    phase,
    severity,
    members: members.map(({ name, kind, outcome }) => ({ name, kind, outcome })),
    production,
    replication: replication.state,
    card: messageText(card(standing, true)),
    offers,
    checklist: checks.map(({ id: check, result, reason, remedy = "" }) => ({ id: check, result, reason, remedy })),
  });
}
