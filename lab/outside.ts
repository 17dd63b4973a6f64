import type { RequestListener } from "node:http";
import type { HttpBindings } from "@hono/node-server";
import { ownRouteOf } from "../local/bus.ts";
import { EventBus } from "../local/event-bridge/event-bus.ts";
import type { LocalGuard } from "../local/guard.ts";
import { ACCOUNT, REGION } from "../local/queue/names.ts";
import type { SlackDelivery } from "../src/clients/answer-function.ts";
import type { RouteName } from "../src/rules/routes.ts";
import { createLabCloudWatch } from "./cloudwatch.ts";
import { EventWay } from "./event-way.ts";
import { createLabIam } from "./iam.ts";
import { Journal } from "./journal.ts";
import type { LabOptions } from "./lab-options.ts";
import { answerLambda } from "./lambda.ts";
import { ANSWER, NAME } from "./names.ts";
import type { Lab } from "./opened-lab.ts";
import { createLabRds, type LabEnvelope } from "./rds/rds.ts";
import { createLabSecrets, SIGNING_SECRET, SLACK_SECRET, TOKEN } from "./secrets.ts";
import { listenerOf } from "./server.ts";
import { awsListeners, type LabServices } from "./services.ts";
import { createLabSlack } from "./slack/slack.ts";

/** What exists only once the lab's address is known. */
export interface Later {
  url(): string;
  queue(): { send(body: string): unknown };
  stores: LabServices["later"];
  guard(): Pick<LocalGuard, "slackUrl" | "answer" | "executions">;
  page(): ReturnType<NonNullable<LabOptions["page"]>> | undefined;
}

/** AWS and Slack as the lab plays them, and which part answers for which service. */
export interface Outside extends Pick<Lab, "rds" | "slack" | "bus" | "secrets" | "iam" | "cloudwatch" | "way" | "journal" | "give"> {
  listeners: Record<string, RequestListener>;
  otherListener: RequestListener;
}

/** Creates AWS and Slack; opens no port. */
export function playOutside({ clock, onEvent, lose = () => false }: LabOptions, later: Later): Outside {
  const slack = createLabSlack({
    clock,
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
  const rds = createLabRds({ clock, region: REGION, deliver });
  const otherListener = listenerOf((request, env) => {
    if (new URL(request.url).pathname.startsWith("/slack/")) return slack.fetch(request, env as HttpBindings);
    return later.page()?.fetch(request) ?? new Response("The lab serves no page here.\n", { status: 404 });
  });
  const bus = new EventBus({ name: NAME, account: ACCOUNT, region: REGION, now: () => clock.now() });
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: SIGNING_SECRET }) });
  const iam = createLabIam();
  const cloudwatch = createLabCloudWatch({ now: () => clock.now(), lagAt: rds.lagAt });
  const lambda = answerLambda(ANSWER, clock, {
    invoke: (event) => later.guard().answer(event as SlackDelivery),
    executions: () => later.guard().executions,
  });
  const listeners = awsListeners({ rds, iam, secrets, cloudwatch, bus, lambda, later: later.stores });
  return { slack, give, journal, way, rds, bus, secrets, iam, cloudwatch, listeners, otherListener };
}
