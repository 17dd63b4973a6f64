import { logged } from "../deployments/person.ts";
import { withTaker } from "../facts/calls.ts";
import { pressedIn } from "../facts/incident.ts";
import { isAt } from "../facts/posts.ts";
import { type DeploymentRecord, deploymentIdOf } from "../facts/record.ts";
import { answer } from "../messages/slack/command-replies.ts";
import { type Reply, toAsker } from "../messages/slack/reply.ts";
import { amendRecord } from "../operations/amend-record.ts";
import type { AnswerDependencies } from "./ports.ts";
import type { Press } from "./slack-request.ts";

type TakePress = Pick<Press, "value" | "message" | "channel" | "actor">;
type TakeDependencies = Pick<AnswerDependencies, "records" | "time" | "telemetry" | "tell">;

/** Writes down who takes what needs a person, and shows it: anybody in the channel may, also in the place of who has taken it before. */
export async function take({ value, message, channel, actor }: TakePress, dependencies: TakeDependencies): Promise<Reply> {
  const { records, time, telemetry } = dependencies;
  const { key, since } = pressedIn(value);
  const id = deploymentIdOf(key);
  const record = id === undefined ? undefined : await records.read<DeploymentRecord>(key);
  const incident = record?.incident;
  const post = record?.posts.find((it) => isAt(it, { in: channel, ts: message }));
  const isIts = post && (post.of === "card" || post.of.some((it) => incident?.facts.includes(it)));
  if (id === undefined || !isIts || incident?.since !== since || record?.continuedBy !== undefined)
    return toAsker(answer({ code: "outdated-button" }));
  const now = time.now();
  let isNew = false;
  const after = await amendRecord(records, key, (it) => {
    const taken = withTaker(it, since, actor, now);
    isNew = taken !== it;
    return taken;
  });
  if (after.incident?.since !== since) return toAsker(answer({ code: "outdated-button" }));
  if (!isNew) return toAsker(answer({ code: "taken-already" }));
  telemetry.log.info("Taken", { from: "slack", by: logged(actor), deployment: id });
  await dependencies.tell?.(id);
  return toAsker(answer({ code: "taken" }));
}
