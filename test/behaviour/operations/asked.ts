import { expect } from "vitest";
import { readings } from "../../support/lab/stage.ts";
import type { Guarded } from "../../support/operations/guarded.ts";
import { inWords, wordsOf } from "../../support/operations/words.ts";

/** Waits until the policy's latest request has ended, and expects that a person was asked, in Slack, with these words. */
export async function expectAsked(lab: Guarded, words: RegExp): Promise<void> {
  const request = await lab.ended();
  expect(inWords(request)).toMatchObject({
    via: "policy",
    outcome: { result: "refused", text: expect.stringMatching(/^A person has to decide\. /) },
  });
  expect(wordsOf(request.outcome)).toMatch(words);
  await lab.until("Slack has it", () => lab.thread().includes("Recreate? A person has to decide"), 60);
  const entry = readings(lab).find((text) => text.includes("A person has to decide"));
  expect(entry).toMatch(words);
  expect(entry).toContain(`/bluegreen recreate ${request.deploymentName}`);
  expect((await lab.blue(request))?.claim).toBeUndefined();
}
