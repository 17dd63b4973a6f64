import { createHash } from "node:crypto";
import type { RequestListener } from "node:http";
import { text } from "node:stream/consumers";
import { createLabSecrets, SIGNING_SECRET, SLACK_SECRET } from "../lab/secrets.ts";
import { listenerOf } from "../lab/server.ts";
import { tally } from "./counts.ts";
import { makeBelieve } from "./make-believe.ts";
import { awsAt, type Playground, TOKEN } from "./playground.ts";
import { seedDeployments } from "./seed-deployments.ts";
import { kindOf, operationIn } from "./wire.ts";

/** The program of the process that plays AWS and Slack while others are measured; it ends with the process that started it. */
async function play(count: number): Promise<void> {
  const secrets = createLabSecrets({ [SLACK_SECRET]: JSON.stringify({ botToken: TOKEN, signingSecret: SIGNING_SECRET }) });
  const targets: string[] = [];
  function counted(listener: RequestListener): RequestListener {
    return (request, response) => {
      targets.push(kindOf(operationIn(String(request.headers["x-amz-target"]))));
      listener(request, response);
    };
  }
  const others: Record<string, RequestListener> = {
    secretsmanager: counted(listenerOf((request) => secrets.fetch(request))),
    // What is handed on is answered by nobody here.
    lambda: (request, response) => void request.resume().on("end", () => response.writeHead(202).end()),
    // The queue itself is the bench's: only what the guard asks of it goes over the wire.
    sqs: counted((request, response) => {
      void text(request).then((body) => {
        const { MessageBody } = JSON.parse(body) as { MessageBody?: string };
        const sent =
          MessageBody === undefined ? {} : { MessageId: "sent", MD5OfMessageBody: createHash("md5").update(MessageBody).digest("hex") };
        response.writeHead(200, { "content-type": "application/x-amz-json-1.0" }).end(JSON.stringify(sent));
      });
    }),
  };
  const { clock, rds, slack, url, channel } = await makeBelieve("2024-02-05T00:00:00Z", { around: counted, others });
  const deployments = await seedDeployments(count, rds, clock, awsAt(url));
  const seen = { rds: rds.calls.length, slack: 0 };
  process.on("message", () => {
    const kinds = [
      ...targets.splice(0),
      ...rds.calls.slice(seen.rds).map(({ action }) => `rds ${action}`),
      ...slack.calls.slice(seen.slack).map(({ method }) => `slack ${method}`),
    ];
    seen.rds = rds.calls.length;
    seen.slack = slack.calls.length;
    process.send?.(tally(kinds));
  });
  const playground: Playground = { url, channel, now: clock.now(), deployments };
  process.send?.(playground);
}

process.on("disconnect", () => process.exit());
await play(Number(process.argv[2]));
