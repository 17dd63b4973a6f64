import { createAnswerFunction, LAMBDA } from "../clients/answer-function.ts";
import { createBriefCall } from "../clients/aws-briefly.ts";
import { createLog } from "../clients/log.ts";
import { createMayInvoke } from "../clients/may-invoke.ts";
import { SECRETS_MANAGER } from "../clients/slack/secret-text.ts";
import { createSigningSecret } from "../clients/slack/signing-secret.ts";
import type { EntranceSettings } from "../settings/entrance.ts";
import type { EntranceAsks } from "./self-test/self-test.ts";
import type { SlackDependencies } from "./slack.ts";

/** Connects the entrance for Slack as a function in AWS; this file does without the SDK, which takes long to load: docs/decisions/0009. */
export function connectEntrance({ slackSecret, answer, aws, trace }: EntranceSettings): SlackDependencies & EntranceAsks {
  return {
    signingSecret: createSigningSecret(slackSecret, createBriefCall(SECRETS_MANAGER, aws)),
    answerFunction: createAnswerFunction(answer, createBriefCall(LAMBDA, aws)),
    mayHandOn: createMayInvoke(answer, createBriefCall(LAMBDA, aws)),
    log: createLog(trace),
    now: Date.now,
  };
}
