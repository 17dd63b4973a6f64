import { showStatus } from "../../../../local/cli/operations/status.ts";
import { planFor } from "../../../../src/conversation/planning.ts";
import { planningPorts } from "../../../../src/conversation/ports.ts";
import { status } from "../../../../src/conversation/status.ts";
import { card } from "../../../../src/messages/slack/card.ts";
import { cardDetails } from "../../../../src/messages/slack/card-details.ts";
import { digest, digestDetails } from "../../../../src/messages/slack/digest.ts";
import type { Message } from "../../../../src/messages/slack/message.ts";
import { notice, noticeDetails } from "../../../../src/messages/slack/notice.ts";
import { FinalError } from "../../../../src/operations/final-error.ts";
import { type PlannedSwitchover, planSwitchover } from "../../../../src/operations/switchover/plan.ts";
import { threadEntryOf } from "../../../../src/standing/thread-entry.ts";
import type { HiddenGuard } from "./guard.ts";
import type { Reading } from "./reads.ts";

/** A text that a person sees, and the members that the guard had been shown switched by then, as `id|name`. */
export interface Text {
  where: string;
  /** The id of the deployment that it is about; absent if the text itself has to tell. */
  about?: string;
  text: string;
  switched: ReadonlySet<string>;
}

/** How the guard sees one deployment at a moment, with everything that is said of it. */
export interface Moment {
  planned: PlannedSwitchover;
  switched: ReadonlySet<string>;
  texts: Text[];
}

/** Everything that people and programs would see of the deployment now. */
export async function momentOf(guard: HiddenGuard, id: string, reading: Reading): Promise<Moment | undefined> {
  const { dependencies, switched } = guard.asking(reading);
  const planned = await planSwitchover(id, 300, planningPorts(dependencies)).catch((error) => {
    if (error instanceof FinalError) return undefined;
    throw error;
  });
  if (!planned) return undefined;
  const { standing } = planned;
  const facts = guard.record(id)?.facts ?? [];
  const entries = facts.map((fact) => threadEntryOf(fact, facts, standing));
  const textsOf = (where: string, message: Message | undefined): Text[] => (message ? [{ where, text: textOf(message), switched }] : []);
  const texts = [
    { where: "card", text: textOf(card(standing, true)), switched },
    { where: "card without commands", text: textOf(card(standing, false)), switched },
    { where: "details of the card", text: textOf(cardDetails(standing)), switched },
    ...entries.flatMap((entry) => [
      { where: `entry ${entry.signal}`, text: textOf(notice(entry, true)), switched },
      ...textsOf(`details of ${entry.signal}`, noticeDetails(entry)),
    ]),
    ...(entries.length > 0 ? [...textsOf("digest", digest(entries)), ...textsOf("details of a digest", digestDetails(entries))] : []),
    ...(await answers(guard, id, reading)),
  ];
  return { planned, switched, texts: texts.map((it) => (it.where === "status" ? it : { ...it, about: id })) };
}

async function answers(guard: HiddenGuard, id: string, reading: Reading): Promise<Text[]> {
  const all: Text[] = [];
  const asked = async (where: string, ask: (dependencies: ReturnType<HiddenGuard["asking"]>["dependencies"]) => Promise<string>) => {
    const { dependencies, switched } = guard.asking(reading);
    all.push({ where, text: await ask(dependencies), switched });
  };
  await asked("status", async (it) => textOf(await status(undefined, it)));
  await asked("status of one", async (it) => textOf(await status(id, it)));
  await asked("status in a terminal", async ({ rds, metrics, records }) => {
    const lines: string[] = [];
    const terminal = {
      json: false,
      canAsk: false,
      say: (text: string) => void lines.push(text),
      refuse: (text: string) => void lines.push(text),
      tell() {},
      confirms: async () => false,
      pulse() {},
    };
    const place = { rds: rds as never, metrics, now: () => guard.outside.now, words: "" };
    await showStatus(id, records, place, terminal);
    return lines.join("\n");
  });
  for (const operation of ["recreate", "switchover"] as const) {
    await asked(`plan to ${operation}`, async (it) => {
      const wish = {
        operation,
        deployment: id,
        requestId: "ffffffff-7d35-4b8e-9c51-2f6d3e8a7b10",
        actor: { id: "U0", name: "oncall" },
        timeoutSeconds: 300,
      };
      const planned = await planFor(wish, it);
      return planned instanceof FinalError ? planned.message : textOf(planned.message([]));
    });
  }
  return all;
}

/** Everything that a message shows, with the ids of its buttons. */
export function textOf(message: Message): string {
  const found: string[] = [];
  const walk = (value: unknown, key = ""): void => {
    if (typeof value === "string" && (key === "text" || key === "fallback")) found.push(value);
    else if (typeof value === "string" && key === "action_id") found.push(`[button ${value}]`);
    else if (typeof value === "object" && value !== null) for (const [name, part] of Object.entries(value)) walk(part, name);
  };
  walk(message);
  return [...new Set(found)].join("\n");
}
