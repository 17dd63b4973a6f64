import { createServer, type Server } from "node:http";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";

/** A fact of Blue/Green Guard, as docs/webhook.md describes it; of a test, `data` has the id alone. */
export interface Fact {
  type: string;
  timestamp: string;
  data: { id: string; title?: string; text?: string; severity?: string } & Record<string, unknown>;
}

/** A receiver of the guard's webhook: `take` gets each fact that was signed with the key, once. */
export function createReceiver(signingKey: string, take: (fact: Fact) => Promise<void>): Server {
  const webhook = new Webhook(signingKey);
  // In production, keep the ids for a week where they outlive the process.
  const taken = new Set<string>();
  return createServer(async (request, response) => {
    const answer = (status: number) => response.writeHead(status).end();
    try {
      const fact = webhook.verify(await text(request), request.headers as Record<string, string>) as Fact;
      if (!taken.has(fact.data.id)) await take(fact);
      taken.add(fact.data.id);
      answer(204);
    } catch (error) {
      // A fact that is not taken comes again.
      answer(error instanceof Error && error.name === "WebhookVerificationError" ? 401 : 500);
    }
  });
}
