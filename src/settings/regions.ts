import type { SettingName } from "./given.ts";

/** What the guard is made of that not every Region has. */
export interface RegionalFeature {
  /** What it is, in words. */
  what: string;
  /** Regions that do not have it. */
  missing: RegExp;
  /** Regions of which AWS does not say whether they have it. */
  unsaid?: RegExp;
  /** The setting that leaves out what needs it; there is no guard without it if there is none. */
  without?: { setting: Extract<SettingName, "commands" | "operations" | "tracing">; instead: string };
  /** Where AWS says so, and when that was read. */
  source: string;
}

const OTHER_PARTITIONS = /^(cn|us-gov|us-iso|eu-isoe|eusc)/;

/** The features by Region; read it anew when AWS opens a Region, or a Region gets one of them. */
export const REGIONAL_FEATURES: readonly RegionalFeature[] = [
  {
    what: "EventBridge Scheduler",
    missing: /^(?!)$/,
    source: "CloudFormation's resource types by Region, of which each had AWS::Scheduler::Schedule, 2026-06",
  },
  {
    what: "Lambda Function URLs",
    missing:
      /^(ap-south-2|ap-southeast-[4567]|ap-east-2|ca-west-1|eu-south-2|eu-central-2|il-central-1|me-central-1|mx-central-1|us-gov-.+|cn-.+)$/,
    without: { setting: "commands", instead: "the terminal does all that commands in Slack do" },
    source:
      'Lambda developer guide, "Creating and managing Lambda function URLs", and the guides of AWS GovCloud (US) and AWS in China, read 2026-12; mx-central-1: CloudFormation\'s resource types by Region, 2026-06',
  },
  {
    what: "AWS X-Ray for Lambda functions",
    missing: /^cn-.+$/,
    without: { setting: "tracing", instead: "the guard is the same without traces" },
    source: '"Getting Started with Amazon Web Services in China", Lambda, read 2026-12',
  },
  {
    what: "Lambda durable functions",
    missing: /^(?!)$/,
    unsaid: OTHER_PARTITIONS,
    without: { setting: "operations", instead: "the terminal recreates and switches over" },
    source: "AWS's documentation has no list of Regions, read 2026-12",
  },
];

/** What the settings say of the parts that need a feature; true if omitted. */
export type RegionalSettings = Partial<Record<"commands" | "operations" | "tracing", boolean>>;

/** What a Region lacks, or may lack, and the setting that leaves out what needs it. */
export interface RegionalWarning {
  setting: keyof RegionalSettings;
  /** In sentences. */
  says: string;
}

/**
 * Says in sentences what a deploy with these settings would lack in the Region, and which setting leaves it out; `refusal` if there is no
 * guard without it.
 */
export function lackingIn(
  region: string,
  settings: RegionalSettings = {},
  features: readonly RegionalFeature[] = REGIONAL_FEATURES,
): { refusal?: string; warnings: RegionalWarning[] } {
  const found = features.filter(({ missing, unsaid, without }) => {
    const isNeeded = without === undefined || settings[without.setting] !== false;
    return isNeeded && (missing.test(region) || unsaid?.test(region));
  });
  const refused = found.find(({ without }) => without === undefined);
  return {
    ...(refused && { refusal: `${region} has no ${refused.what}, and there is no guard without it (${refused.source}).` }),
    warnings: found.flatMap((feature) => warningsOf(region, feature)),
  };
}

function warningsOf(region: string, { what, missing, without, source }: RegionalFeature): RegionalWarning[] {
  if (without === undefined) return [];
  const says = missing.test(region) ? `${region} has no ${what}` : `It is not known whether ${region} has ${what}`;
  const then = missing.test(region) ? "Set" : "If the deploy fails there, set";
  return [{ setting: without.setting, says: `${says} (${source}). ${then} ${without.setting} to false: ${without.instead}.` }];
}
