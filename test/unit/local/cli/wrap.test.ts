import { describe, expect, it } from "vitest";
import { wrap } from "../../../../local/cli/operations/wrap.ts";

const long = "Blue is available, and so is everything else that anybody has ever looked at.";

describe("lines at a terminal", () => {
  it("stay as they are where they fit", () => expect(wrap(`a\n\n  ${long}`, 100)).toBe(`a\n\n  ${long}`));

  it.each([
    ["a line", "", ""],
    ["an indented one", "  ", "  "],
    ["a numbered one", "  1. ", "     "],
    ["a check", "  unknown  ", "           "],
    ["a note with its time", "06:58:51 UTC  ", "              "],
  ])("are broken between words, below the first word: %s", (_, label, indent) => {
    const lines = wrap(label + long, 60).split("\n");
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length <= 60)).toBe(true);
    expect(lines[0]?.startsWith(label)).toBe(true);
    expect(lines.slice(1).every((line) => line.startsWith(indent) && line[indent.length] !== " ")).toBe(true);
    expect(lines.map((line, index) => line.slice((index === 0 ? label : indent).length)).join(" ")).toBe(long);
  });

  it("never break a command, which would end it where it is pasted", () => {
    const command = "npx bluegreen-guard recreate blue-green-2f3938dd --state /home/oncall/a-rather-long-name-of-a-folder";
    expect(wrap(`Once the cause is gone, go on with the saved settings with: ${command}`, 60).split("\n").at(-1)).toBe(command);
  });

  it("stay whole where there is hardly any room", () => expect(wrap(long, 20)).toBe(long));
});
