import { bundleFolder } from "../infra/bundle-folder.ts";
import { lambdaEnvironment, settingsFor } from "./lambda-environment.ts";
import { BUS, type Playground } from "./playground.ts";

/** The environment of the watch function in a playground, in a trace that is sampled. */
export function watchEnvironment({ url, channel }: Pick<Playground, "url" | "channel">, table: string): Record<string, string> {
  return {
    ...lambdaEnvironment("watch", bundleFolder("watch")),
    ...settingsFor({ url, queue: "events", table, bus: BUS, channel }),
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    _X_AMZN_TRACE_ID: "Root=1-65c0b1f0-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=53995c3f42cd8ad8;Sampled=1",
    // The discard port: traces go out, and nobody needs to listen.
    AWS_XRAY_DAEMON_ADDRESS: "127.0.0.1:9",
  };
}
