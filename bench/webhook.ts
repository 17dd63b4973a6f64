import type { RequestListener } from "node:http";

/** The path under which the make-believe Slack takes a message without a token, as an incoming webhook does. */
export const WEBHOOK = "/webhook";

/** The same Slack, which also has an incoming webhook. */
export function withWebhook(slack: RequestListener): RequestListener {
  return (request, response) => {
    if (request.url !== WEBHOOK) return slack(request, response);
    request.resume().once("end", () => response.writeHead(200, { "content-type": "text/html" }).end("ok"));
  };
}
