import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { createLabSecrets, SIGNING_SECRET, SLACK_SECRET } from "../lab/secrets.ts";
import { listenerOf } from "../lab/server.ts";
import { CallLog } from "./call-log.ts";
import { makeBelieve } from "./make-believe.ts";
import { awsAt, type Playground, type PlaygroundRequest, TOKEN } from "./playground.ts";
import { seedDeployments } from "./seed-deployments.ts";
import { withWebhook } from "./webhook.ts";

/** The program of the process that plays AWS and Slack while others are measured; it ends with the process that started it. */
async function play(count: number): Promise<void> {
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: SIGNING_SECRET }) });
  const log = new CallLog();
  const others: Record<string, RequestListener> = {
    secretsmanager: listenerOf((request) => secrets.fetch(request)),
    // What is handed on is answered by nobody here.
    lambda: (request, response) => void request.resume().on("end", () => response.writeHead(202).end()),
    // The queue itself is the bench's: only what the guard asks of it goes over the wire.
    sqs: (request, response) => {
      void text(request).then((body) => {
        const { MessageBody } = JSON.parse(body) as { MessageBody?: string };
        const sent =
          MessageBody === undefined ? {} : { MessageId: "sent", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") };
        response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(sent));
      });
    },
  };
  const around = (listener: RequestListener, service: string) =>
    log.around(service === "slack" ? withWebhook(listener) : listener, service);
  const { clock, rds, url, channel } = await makeBelieve("2024-02-05T00:00:00Z", { around, others });
  const deployments = await seedDeployments(count, rds, clock, awsAt(url));
  process.on("message", ({ latencies, isDetailed, calls }: PlaygroundRequest) => {
    log.latencies = latencies ?? log.latencies;
    log.isDetailed = isDetailed ?? log.isDetailed;
    process.send?.(calls ? log.calls() : log.counts());
  });
  const playground: Playground = { url, channel, now: clock.now(), deployments };
  process.send?.(playground);
}

process.on("disconnect", () => process.exit());
await play(Number(process.argv[2]));
