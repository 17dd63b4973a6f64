import type { LabEnvelope } from "../../../../lab/rds/rds.ts";
import type { Message } from "../../../../src/messages/slack/message.ts";
import { type Recording, retold } from "../recording.ts";
import { Scene } from "./scene.ts";

const DDL = /^Data definition/;

/** Deployments `name-1`, `name-2`, … in one scene, all of them degraded by what is still to come. */
export interface Several {
  scene: Scene;
  /** Blue's report of the degradation of each. */
  ddl: LabEnvelope[];
}

/** Deployments that are ready and told of. */
export async function severalReady(recording: Recording, count: number, channels: readonly string[] = []): Promise<Several> {
  const { scene, recordings } = together(recording, count);
  scene.outside.channels = channels;
  const before = recordings.flatMap(({ events }) => events.slice(0, indexOfDdl(events)));
  const start = scene.outside.now;
  const inOrder = before.sort((a, b) => a.at - b.at);
  await scene.play(inOrder.map(({ at, envelope }) => [(at - start) / 1_000, () => scene.watch([envelope])]));
  await scene.play([[60, () => scene.sweep()]]);
  await scene.play([[60, async () => undefined]]);
  return { scene, ddl: recordings.map(({ events }) => ddlOf(events)) };
}

/** Deployments of which the guard has heard nothing. */
export function severalUnknown(recording: Recording, count: number): Several {
  const { scene, recordings } = together(recording, count);
  const last = recordings.map(({ states }) => states.at(-1)?.state);
  scene.api = () => ({ deployments: last.flatMap((it) => it?.deployments ?? []), databases: last.flatMap((it) => it?.databases ?? []) });
  return { scene, ddl: recordings.map(({ events }) => ddlOf(events)) };
}

/** What Slack does with a message: throws what this returns, if anything. */
export type Refusal = (text: string, call: "post" | "update", at: string | undefined) => Error | undefined;

/** Has Slack refuse messages by their JSON; `at` is the thread of a new one, or the message to change. */
export function refuse({ outside }: Scene, refusal: Refusal): void {
  const slack = outside.slack();
  const check = (message: Message, call: "post" | "update", at: string | undefined) => {
    const error = refusal(JSON.stringify(message), call, at);
    if (error) throw error;
  };
  outside.slack = () => ({
    ...slack,
    async post(message, thread, channel) {
      check(message, "post", thread?.ts);
      return slack.post(message, thread, channel);
    },
    async update(at, message) {
      check(message, "update", at.ts);
      return slack.update(at, message);
    },
  });
}

function together(recording: Recording, count: number) {
  const recordings = Array.from({ length: count }, (_, index) => retold(recording, index + 1, 0));
  const [first = recording] = recordings;
  const scene = new Scene(first);
  scene.api = (now) => {
    const shown = recordings.map(({ states }) => states.findLast(({ at }) => at <= now)?.state);
    return { deployments: shown.flatMap((it) => it?.deployments ?? []), databases: shown.flatMap((it) => it?.databases ?? []) };
  };
  return { scene, recordings };
}

const indexOfDdl = (events: Recording["events"]) => events.findIndex(({ envelope }) => DDL.test(envelope.detail.Message));

function ddlOf(events: Recording["events"]): LabEnvelope {
  const found = events[indexOfDdl(events)];
  if (!found) throw new Error("The recording has no degradation.");
  return found.envelope;
}
