import { expect, it } from "vitest";
import { MEANINGS } from "../../../../src/messages/en/signals.ts";
import { OPERATION_MEANINGS } from "../../../../src/operations/signals.ts";
import { rules } from "../../../../src/rules/index.ts";
import { OBSERVED } from "../../../../src/standing/observed.ts";

it("every signal that anything reports means one sentence, and every sentence is of such a signal", () => {
  const reported = [...rules, ...OBSERVED, ...OPERATION_MEANINGS].map(({ id }): string => id).concat("needs-person", "not-taken", "taken");
  expect(Object.keys(MEANINGS).sort()).toEqual(reported.sort());
  for (const meaning of Object.values(MEANINGS)) expect(meaning).toMatch(/^[A-Z].+\.$/);
});
