import * as words from "../../src/messages/language.ts";
import { card } from "../../src/messages/slack/card.ts";
import { inTerminal } from "../../src/messages/terminal/form.ts";
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
    checklist: checks.map((it) => {
      const [reason, remedy = ""] = words.findingText(it, inTerminal);
      return { id: it.id, result: it.result, reason, remedy };
    }),
  });
}
