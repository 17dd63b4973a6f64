import { ScaledClock } from "../../clock.ts";

/** What every SDK client has, as far as an answer's headers are concerned. */
interface Stack {
  middlewareStack: {
    add(
      middleware: <Args, Output extends { response: unknown }>(next: (args: Args) => Promise<Output>) => (args: Args) => Promise<Output>,
      options: { step: "deserialize"; priority: "low"; name: string },
    ): void;
  };
}

/**
 * AWS's time, by the `Date` of its answers (RFC 9110, 6.6.1): this machine's clock may be wrong, and stands still while a laptop sleeps.
 *
 * The first answer sets the clock, later ones only move it forward. Between answers it runs on as this machine does.
 */
export function createAwsTime(): { clock: ScaledClock; follow<Client>(client: Client): Client } {
  const clock = new ScaledClock(1);
  let heard = false;
  const hear = (response: unknown) => {
    const { headers = {} } = response as { headers?: Record<string, string> };
    const at = Date.parse(headers["date"] ?? "");
    if (Number.isNaN(at) || (heard && at <= clock.now())) return;
    heard = true;
    clock.set(at);
  };
  return {
    clock,
    follow(client) {
      (client as Stack).middlewareStack.add(
        (next) => async (args) => {
          const answer = await next(args);
          hear(answer.response);
          return answer;
        },
        { step: "deserialize", priority: "low", name: "awsTime" },
      );
      return client;
    },
  };
}
