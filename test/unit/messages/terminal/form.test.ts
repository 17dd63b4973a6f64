import { expect, it } from "vitest";
import { inTerminal } from "../../../../src/messages/terminal/form.ts";

const AT = "2024-02-05T08:07:12.000Z";

it("a terminal gets no marks, no entities, times in UTC and commands for a shell", () => {
  const { text, code, strong, time, clock, person, link, command } = inTerminal;
  expect([text("a <b>"), code("orders"), strong("not")]).toEqual(["a <b>", "orders", "not"]);
  expect([time(AT), clock(AT)]).toEqual(["2024-02-05 08:07 UTC", "08:07:12 UTC"]);
  expect([person({ name: "dana", id: "U0123456" }), link("https://a.example", "Look")]).toEqual(["dana", "Look: https://a.example"]);
  expect(command("recreate", "orders")).toBe("npx bluegreen-guard recreate orders");
});

it("text from outside cannot write on a line of its own, or control the terminal", () => {
  expect(inTerminal.text("one\n\u001b[31mtwo")).toBe("one ␛[31mtwo");
  expect(inTerminal.quote("one\n\n\u001b[31mtwo")).toBe("> one\n> ␛[31mtwo");
});
