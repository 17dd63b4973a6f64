import { Annotations, Token } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { lackingIn, type RegionalSettings } from "../src/settings/regions.ts";
import { PropsError } from "./props.ts";

/**
 * Says at synth what the Region lacks of what would be deployed, if the Region is known.
 *
 * @throws PropsError where there can be no guard in the Region
 */
export function noteRegion(scope: Construct, region: string | undefined, settings: RegionalSettings): void {
  if (region === undefined || Token.isUnresolved(region)) return;
  const { refusal, warnings } = lackingIn(region, settings);
  if (refusal !== undefined) throw new PropsError(refusal);
  for (const { setting, says } of warnings) Annotations.of(scope).addWarningV2(`bluegreen-guard:region:${setting}`, says);
}
