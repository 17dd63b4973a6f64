import { describe, expect, it } from "vitest";
import { IN_SLACK } from "../../../src/messages/slack/form.ts";
import { SENTENCES } from "../../catalogue/examples/sentences/sentences.ts";

const all = SENTENCES.flatMap(([title, sentences]) => sentences(IN_SLACK).map(({ code, text }) => ({ title, code, text })));

describe("every sentence that the guard says for a code", () => {
  it("has no hole, and no end mark twice", () => {
    expect(all.filter(({ text }) => /^ | $| {2}|\.\.|: \.|,\.|undefined|\[object/.test(text) || text === "")).toEqual([]);
  });

  it("has names as AWS writes them, also where it begins", () => {
    expect(all.filter(({ text }) => text.includes("Arn:"))).toEqual([]);
  });
});
