import { expect, it } from "vitest";
import type { Language } from "../../../src/messages/language.ts";
import * as words from "../../../src/messages/language.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";

it("another language has words of its own for the same codes", () => {
  const german: Language = {
    ...words,
    titleOf: () => "Bereit",
    CARD: { ...words.CARD, nextStep: "Nächster Schritt" },
    MEANINGS: { ...words.MEANINGS, ready: "Grün ist gebaut." },
    SEVERITY_WORD: { info: "Info", good: "Gut", warning: "Warnung", critical: "Kritisch" },
  };
  expect([german.CARD.nextStep, german.CARD.members]).toEqual(["Nächster Schritt", "Members"]);
});

it("no sentence is written for one receiver: without its data it has no marks", () => {
  const texts = Object.values(words).flatMap((it) => (typeof it === "object" ? Object.values(it) : []));
  for (const text of texts) if (typeof text === "string") expect(text).not.toMatch(/[`*<>]/);
  expect(words.nextStep).toBeTypeOf("function");
  expect(inTerminal.strong("not")).toBe("not");
});
