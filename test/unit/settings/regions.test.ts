import { describe, expect, it } from "vitest";
import { lackingIn, REGIONAL_FEATURES } from "../../../src/settings/regions.ts";

describe("a Region", () => {
  it.each(["ap-northeast-1", "us-east-1", "eu-west-1"])("that has everything is not spoken of: %s", (region) => {
    expect(lackingIn(region)).toEqual({ warnings: [] });
  });

  it.each(["ap-south-2", "ap-southeast-7", "mx-central-1", "us-gov-west-1", "cn-north-1"])(
    "without Function URLs is named with the setting that leaves them out: %s",
    (region) => {
      const { warnings } = lackingIn(region, { operations: false, tracing: false });
      const says = expect.stringMatching(`^${region} has no Lambda Function URLs .*Set commands to false: the terminal`);
      expect(warnings).toEqual([{ setting: "commands", says }]);
      expect(lackingIn(region, { commands: false, operations: false, tracing: false })).toEqual({ warnings: [] });
    },
  );

  it("in China has no X-Ray for Lambda either, and of durable functions nothing is known there", () => {
    const { warnings } = lackingIn("cn-northwest-1", { commands: false });
    expect(warnings.map(({ says }) => says)).toEqual([
      expect.stringMatching(/^cn-northwest-1 has no AWS X-Ray for Lambda functions .*Set tracing to false/),
      expect.stringMatching(/^It is not known whether cn-northwest-1 has Lambda durable functions .*set operations to false/),
    ]);
  });

  it("without EventBridge Scheduler can have no guard, whatever the settings", () => {
    const [scheduler, ...others] = REGIONAL_FEATURES;
    expect(scheduler?.without).toBeUndefined();
    const without = [{ what: "EventBridge Scheduler", missing: /^xx-new-1$/, source: "a list, 2026-06" }, ...others];
    expect(lackingIn("xx-new-1", { commands: false, operations: false, tracing: false }, without)).toEqual({
      refusal: "xx-new-1 has no EventBridge Scheduler, and there is no guard without it (a list, 2026-06).",
      warnings: [],
    });
  });

  it("is listed with a source and a date", () => {
    for (const { source } of REGIONAL_FEATURES) expect(source).toMatch(/, (read )?20\d\d-\d\d$/);
  });
});
