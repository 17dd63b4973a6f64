import { createAnswerFunction } from "../clients/answer-function.ts";
import { createLog } from "../clients/log.ts";
import { createSigningSecret } from "../clients/slack/signing-secret.ts";
import type { EntranceSettings } from "../settings/entrance.ts";
import type { SlackDependencies } from "./slack.ts";

/** Connects the entrance for Slack as a function in AWS; in a file without the SDK, which takes long to load: docs/decisions/0009. */
export function connectEntrance({ slackSecret, answer, aws }: EntranceSettings): SlackDependencies {
  return {
    signingSecret: createSigningSecret(slackSecret, aws),
    answerFunction: createAnswerFunction(answer, aws),
    log: createLog(),
    now: Date.now,
  };
}
