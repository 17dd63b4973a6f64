import type { RequestListener } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { ownRouteOf } from "../local/bus.ts";
import { EventBus } from "../local/event-bridge/event-bus.ts";
import type { LocalGuard } from "../local/guard.ts";
import { ACCOUNT, REGION } from "../local/queue/names.ts";
import type { SelfTested } from "../local/self-tests.ts";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import type { SelfTestEvent } from "../src/handlers/self-test/event.ts";
import type { OperationName } from "../src/operations/index.ts";
import type { RouteName } from "../src/rules/routes.ts";
import { createLabAccount } from "./account.ts";
import { createLabCloudWatch } from "./cloudwatch.ts";
import { EventWay } from "./event-way.ts";
import { createLabIam } from "./iam.ts";
import { Journal } from "./journal.ts";
import type { LabOptions } from "./lab-options.ts";
import { answerLambda } from "./lambda.ts";
import { ANSWER, NAME } from "./names.ts";
import type { Lab } from "./opened-lab.ts";
import { createLabRds, type LabEnvelope } from "./rds/rds.ts";
import { playRecording } from "./recorded.ts";
import { createLabSecrets, SIGNING_SECRET, SLACK_SECRET, TOKEN } from "./secrets.ts";
import { listenerOf } from "./server.ts";
import { awsListeners, type LabServices } from "./services.ts";
import { channelsOf, createLabSlack } from "./slack/slack.ts";
import { answerFunctions, type PlayedFunctions } from "./stack/lambda.ts";
import { alarmActions } from "./stack/others.ts";
import { deployStack } from "./stack/stack.ts";

/** What exists only once the lab's address is known. */
export interface Later {
  url(): string;
  queue(): { send(body: string): unknown };
  stores: LabServices["later"];
  guard(): Pick<LocalGuard, "slackUrl" | "answer" | "executions" | "selfTest" | "beginSelfTest">;
  page(): ReturnType<NonNullable<LabOptions["page"]>> | undefined;
}

/** AWS and Slack as the lab plays them, and which part answers for which service. */
export interface Outside
  extends Pick<Lab, "account" | "rds" | "slack" | "bus" | "secrets" | "iam" | "cloudwatch" | "way" | "journal" | "give"> {
  listeners: Record<string, RequestListener>;
  otherListener: RequestListener;
}

/** Creates AWS and Slack; opens no port. */
export function playOutside(
  { clock, onEvent, lose = () => false, identifiers, deployed, recording, policy }: LabOptions,
  later: Later,
): Outside {
  const account = createLabAccount();
  if (deployed) account.stack = deployStack("BlueGreenGuard", deployed, { lab: later.url, entrance: () => later.guard().slackUrl });
  const slack = createLabSlack({
    clock,
    channels: channelsOf(policy?.channels),
    token: TOKEN,
    entrance: { requestUrl: () => later.guard().slackUrl, ownUrl: later.url, signingSecret: SIGNING_SECRET },
  });
  async function give(event: unknown): Promise<RouteName | undefined> {
    const route = ownRouteOf(event);
    onEvent?.(event, route);
    if (route) later.queue().send(JSON.stringify(event));
    return route;
  }
  const journal = new Journal();
  const way = new EventWay(clock, async (event) => void (await give(event)));
  way.lose(lose);
  async function deliver(event: LabEnvelope): Promise<void> {
    const fate = way.fateOf(event);
    journal.sent(clock.now(), event, ownRouteOf(event), fate);
    await way.bring(event, fate);
  }
  const rds = createLabRds({ clock, region: REGION, identifiers, deliver });
  const recorded = recording && playRecording(recording);
  const otherListener = listenerOf(async (request, env) => {
    const again = await recorded?.(request);
    if (again) return again;
    if (new URL(request.url).pathname.startsWith("/slack/")) return slack.fetch(request, env as HttpBindings);
    return later.page()?.fetch(request) ?? new Response("The lab serves no page here.\n", { status: 404 });
  });
  const bus = new EventBus({ name: NAME, account: ACCOUNT, region: REGION, now: () => clock.now() });
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: SIGNING_SECRET }) });
  const iam = createLabIam();
  const cloudwatch = createLabCloudWatch({ now: () => clock.now(), lagAt: rds.lagAt, more: alarmActions(account) });
  const executed = answerLambda(ANSWER, clock, {
    invoke: (event) => later.guard().answer(event as SlackDelivery),
    executions: () => later.guard().executions,
  });
  const lambda = async (request: Request) =>
    (await answerFunctions(account, functionsOf(later.guard), request.clone())) ?? executed(request);
  const listeners = awsListeners({ account, rds, iam, secrets, cloudwatch, bus, lambda, later: later.stores, recorded });
  return { account, slack, give, journal, way, rds, bus, secrets, iam, cloudwatch, listeners, otherListener };
}

/** The guard's functions, by their names in the stack. */
function functionsOf(guard: Later["guard"]): PlayedFunctions {
  return {
    async invoke(name, event) {
      const short = name.replace(`${NAME}-`, "") as SelfTested;
      return guard().selfTest?.(short, event);
    },
    async begin(name, event) {
      const begun = await guard().beginSelfTest?.(name as OperationName, event as SelfTestEvent);
      return begun ?? "";
    },
  };
}
