import type { MessageChange } from "../../lab/slack/messages.ts";
import type { Story } from "../../lab/stories/story.ts";
import { playStory } from "../support/lab/play-story.ts";
import { openTestLab } from "../support/lab/stage.ts";
import { steadyIdentifiers } from "./steady.ts";

/** What people did. `at` is lab time in milliseconds since 1970. */
export interface Deed {
  at: number;
  said: string;
}

/** What became of a message. */
export type Change = MessageChange & { at: number };

/** What happened in a story. */
export type Happening = Deed | Change;

// A busy machine must not make the guard say that Slack does not answer.
const PATIENCE_REAL_MS = 60_000;

/** Plays a story in this process; returns what happened in it, the same each time. */
export async function happeningsOf(story: Story): Promise<Happening[]> {
  const lab = await openTestLab({ policy: story.policy, identifiers: steadyIdentifiers(), slackTimeoutMs: PATIENCE_REAL_MS });
  const all: Happening[] = [];
  const at = () => lab.clock.now();
  lab.slack.onMessage((change) => all.push({ at: at(), ...change }));
  try {
    await playStory(lab, story, { say: (said) => all.push({ at: at(), said }) });
  } finally {
    await lab.close();
  }
  return inOrder(all);
}

/**
 * What several at work said at one moment of the clock, in an order that does not depend on who was faster: of one message only how it
 * stands at the end of the moment, and the messages by their text. What people do keeps its place.
 */
export function inOrder(all: readonly Happening[]): Happening[] {
  return moments(all).flatMap((moment) => {
    const last = new Map<string, Change>();
    for (const it of moment) {
      if (!("message" in it)) return moment;
      const before = last.get(it.message.ts);
      last.set(it.message.ts, before?.kind === "posted" && it.kind === "updated" ? { ...it, kind: "posted" } : it);
    }
    return [...last.values()].sort((a, b) => compare(a.kind, b.kind) || compare(a.message.text, b.message.text));
  });
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Splits them where the clock moves, and before and after what people do. */
function moments(all: readonly Happening[]): Happening[][] {
  const groups: Happening[][] = [];
  for (const it of all) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group && before && before.at === it.at && "message" in before && "message" in it) group.push(it);
    else groups.push([it]);
  }
  return groups;
}
