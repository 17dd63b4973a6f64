import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inertJson, oneLine, visible } from "../../../local/visible.ts";

// What steers a terminal: C0 and C1 controls, of which ESC and CSI begin sequences, and what reorders or hides text.
// Source: ECMA-48; Unicode, "Bidirectional Algorithm" and "Trojan Source" (CVE-2021-42574).
const STEERS = /(?!\n|\u200d)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

const hostile = fc.string({
  unit: fc.constantFrom(
    "a",
    "\n",
    "\u001b[8m",
    "\u001b]52;c;eA==\u0007",
    "\u009b2J",
    "\r",
    "\b",
    "\u202e",
    "\u2066",
    "\u200b",
    "\u2028",
    "\u0085",
    "\u{e0041}",
    "😀",
  ),
});

describe("text from outside", () => {
  it("steers no terminal once it is visible, and keeps its lines and letters", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(visible(text)).not.toMatch(STEERS);
        expect(visible(text).split("\n").length).toBe(text.split("\n").length);
      }),
    );
    expect(visible("a\u001b[8mb")).toBe("a␛[8mb");
    expect(visible("👩\u200d💻 x\u202ey")).toBe("👩\u200d💻 x<U+202E>y");
  });

  it("leaves out the name and the password before the host of a URL", () => {
    const owned = [
      "http://u:pw@127.0.0.1:4771/x",
      "https://u:p%40w@host",
      "HTTP://pw@host?a=b",
      "http://u:p@pw@host",
      "http://u:'pw\"@host",
    ];
    for (const url of owned) {
      expect(visible(`at ${url}, and on`)).toMatch(/^at https?:\/\/(127|host)[^@]*, and on$/i);
      expect(inertJson({ a: [url] })).not.toMatch(/@|pw/);
    }
    for (const text of ["http://host/a@b", "oncall@example.com", "see https://host and a@b", "@oncall"]) {
      expect(visible(text)).toBe(text);
      expect(inertJson([text])).toBe(JSON.stringify([text]));
    }
  });

  it("is one line where a line of the guard's is one", () => {
    fc.assert(fc.property(hostile, (text) => !visible(oneLine(text)).includes("\n")));
    expect(oneLine("a\r\n  Done.  b")).toBe("a Done.  b");
  });

  it("is the same in JSON for scripts, which steers no terminal either", () => {
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string({ unit: "binary" })), (text) => {
        const line = inertJson({ [text]: text });
        expect(line).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        expect(JSON.parse(line)).toEqual({ [text]: text });
      }),
    );
  });
});
