import { handle } from "hono/aws-lambda";
import { createAnswerFunction } from "../clients/answer-function.ts";
import { createLog } from "../clients/log.ts";
import { createSigningSecret } from "../clients/slack/signing-secret.ts";
import { readEntranceSettings } from "../settings/entrance.ts";
import { createSlackApp } from "./slack.ts";

const { slackSecret, answer, aws } = readEntranceSettings();

/** The entry of the slack function, behind a Function URL. */
export const handler = handle(
  createSlackApp({
    signingSecret: createSigningSecret(slackSecret, aws),
    answerFunction: createAnswerFunction(answer, aws),
    log: createLog(),
    now: Date.now,
  }),
);
