import * as z from "zod/mini";

/** The account and Region that a guard works in. */
export interface Home {
  account: string;
  region: string;
}

/** The account and Region of an ARN, `arn:PARTITION:SERVICE:REGION:ACCOUNT:…`. */
export function homeOf(arn: string): Home {
  const [, , , region = "", account = ""] = arn.split(":");
  return { account, region };
}

const saidSchema = z.object({
  account: z.nullish(z.string()),
  region: z.nullish(z.string()),
  resources: z.nullish(z.array(z.string())),
  detail: z.nullish(z.object({ SourceArn: z.nullish(z.string()) })),
});

/**
 * Why an RDS event in its EventBridge envelope is none of this account and Region, in words; undefined if nothing in it says so.
 *
 * An account may forward its events to the default bus of another, where they keep their account, Region and source. Source: EventBridge
 * user guide, "Sending and receiving events between AWS accounts".
 */
export function foreignWords(envelope: unknown, home: Home): string | undefined {
  const { data } = saidSchema.safeParse(envelope);
  if (!data) return undefined;
  const { account, region, resources, detail } = data;
  const arns = [detail?.SourceArn, ...(resources ?? [])].filter((arn) => arn?.startsWith("arn:")).map((arn) => homeOf(arn ?? ""));
  const said = [{ account, region }, ...arns];
  const isForeign = said.find((it) => (it.account ?? home.account) !== home.account || (it.region ?? home.region) !== home.region);
  return isForeign && `it is of account ${isForeign.account ?? "unknown"}, Region ${isForeign.region ?? "unknown"}`;
}
