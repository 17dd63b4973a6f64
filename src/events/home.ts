import * as v from "valibot";

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

const saidSchema = v.object({
  account: v.nullish(v.string()),
  region: v.nullish(v.string()),
  resources: v.nullish(v.array(v.string())),
  detail: v.nullish(v.object({ SourceArn: v.nullish(v.string()) })),
});

/**
 * Why an RDS event in its EventBridge envelope is none of this account and Region, in words; undefined if nothing in it says so.
 *
 * An account may forward its events to the default bus of another, where they keep their account, Region and source. Source: EventBridge
 * user guide, "Sending and receiving events between AWS accounts".
 */
export function foreignWords(envelope: unknown, home: Home): string | undefined {
  const said = v.safeParse(saidSchema, envelope);
  if (!said.success) return undefined;
  const { account, region, resources, detail } = said.output;
  const arns = [detail?.SourceArn, ...(resources ?? [])].filter((arn) => arn?.startsWith("arn:")).map((arn) => homeOf(arn ?? ""));
  const isForeign = [{ account, region }, ...arns].find(
    (it) => (it.account ?? home.account) !== home.account || (it.region ?? home.region) !== home.region,
  );
  return isForeign && `it is of account ${isForeign.account ?? "unknown"}, Region ${isForeign.region ?? "unknown"}`;
}
