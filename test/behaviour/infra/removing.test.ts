import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { synthesized } from "../../support/infra/synth.ts";

const PAGE = readFileSync(new URL("../../../docs/removing.md", import.meta.url), "utf8");

/** How a person deletes what the stack keeps. A function's versions go with the function. Source: Lambda API, DeleteFunction. */
const DELETES: Record<string, string | undefined> = {
  "AWS::DynamoDB::Table": "aws dynamodb delete-table",
  "AWS::Logs::LogGroup": "aws logs delete-log-group",
  "AWS::SecretsManager::Secret": "aws secretsmanager delete-secret",
  "AWS::Lambda::Version": undefined,
};

it("the page on taking the guard away says how to delete everything that the stack keeps", () => {
  const resources = Object.values(
    synthesized().template.toJSON()["Resources"] as Record<string, { Type: string; DeletionPolicy?: string }>,
  );
  const kept = new Set(resources.filter(({ DeletionPolicy = "" }) => DeletionPolicy.startsWith("Retain")).map(({ Type }) => Type));
  expect([...kept].sort()).toEqual(Object.keys(DELETES).sort());
  for (const command of Object.values(DELETES)) expect(PAGE).toContain(command ?? "");
});
