import { SlackError } from "../../../../src/clients/slack/failure.ts";
import { SLACK_SECRET_SHAPE } from "../../../../src/clients/slack/secret-error.ts";
import { type DoctorCheck, type Finding, fail, pass, unknown } from "../check.ts";
import { type HeldSecret, readSecret, secretName } from "../secret.ts";

/** Whether the Slack secret holds what the functions need, in the form in which they name it. */
export const secret: DoctorCheck = {
  id: "secret",
  asked: "whether the Slack secret holds a bot token and a signing secret, read by your own credentials",
  of: "account",
  async ask(visit) {
    const { given, light } = visit;
    const name = secretName(visit);
    if (name === undefined) return notNamed(given.slackSecret);
    const held = await readSecret(name, light).catch((error: unknown) => notRead(error));
    return isFinding(held) ? held : judged(name, held, given.commands !== false);
  },
};

function notNamed(stated: string | undefined): Finding {
  if (stated === "create")
    return pass("the stack will make it", `Put ${SLACK_SECRET_SHAPE} into it after the deploy; doctor then reads it.`);
  return unknown(
    "neither SLACK_SECRET nor a settings file names it",
    "Without a secret the guard cannot speak.",
    'State slackSecret in bluegreen-guard.json: its name or ARN, or "create".',
  );
}

function judged(name: string, held: HeldSecret | undefined, takesCommands: boolean): Finding {
  const todo = `Put ${SLACK_SECRET_SHAPE} into the secret "${name}".`;
  if (!held) return fail("it is no JSON object", "The guard finds no token in it, and is mute.", todo);
  const { botToken, signingSecret } = held;
  if (!botToken?.startsWith("xoxb-"))
    return fail(botToken === undefined ? "it holds no botToken" : "its botToken is no bot token", "The guard is mute.", todo);
  if (signingSecret === undefined && takesCommands)
    return fail("it holds no signingSecret", "Every command and press from Slack fails.", todo);
  if (signingSecret === undefined) return pass("a bot token", "That is all that a guard without commands needs.");
  return pass("a bot token and a signing secret", "That is all that the functions need.");
}

function notRead(error: unknown): Finding {
  if (!(error instanceof SlackError)) throw error;
  const { name, message } = error.cause instanceof Error ? error.cause : error;
  const todo = error.message.slice(error.message.indexOf("). ") + 3);
  const came = `${name}: ${message}`;
  if (/^AccessDenied/.test(name))
    return unknown(came, "Your credentials may not read it; what the functions may, their own lines say.", todo);
  if (name === "ResourceNotFoundException")
    return fail(
      came,
      "There is no such secret in this account and Region, or it has no value yet.",
      `Create it, or put ${SLACK_SECRET_SHAPE} into it.`,
    );
  return unknown(came, "Whether it holds what the functions need is not known.", todo);
}

const isFinding = (it: Finding | HeldSecret | undefined): it is Finding => it !== undefined && "result" in it;
