import { RegionInfo } from "aws-cdk-lib/region-info";
import { expect, it } from "vitest";
import { dnsSuffixOf } from "../../../src/deployments/arn.ts";

it("AWS's endpoints have the suffix of their partition, as the CDK knows it, in every Region", () => {
  const known = RegionInfo.regions.filter(({ domainSuffix }) => domainSuffix !== undefined);
  expect(known.length).toBeGreaterThan(40);
  expect(new Set(known.map(({ domainSuffix }) => domainSuffix)).size).toBeGreaterThan(5);
  expect(known.filter(({ name, domainSuffix }) => dnsSuffixOf(name) !== domainSuffix).map(({ name }) => name)).toEqual([]);
});
