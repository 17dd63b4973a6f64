import { globSync, readFileSync } from "node:fs";
import { WebAPIPlatformError } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import { CODES } from "../../../../src/clients/slack/codes.ts";
import { slackError } from "../../../../src/clients/slack/error.ts";
import errors from "../../../slack/errors.json" with { type: "json" };

// Codes that Slack's reference does not list today, and where they were seen.
const UNLISTED: Record<string, string> = {
  channel_is_limited_access: "Slack Web API reference before 2026",
  invalid_arguments: "Slack Web API reference before 2026, errors that all methods share",
  team_access_not_granted: "slackapi/bolt-js issue 998",
  thread_not_found: "Slack Web API reference before 2026",
};

const METHODS = Object.entries(errors.methods);
const documented = new Set(METHODS.flatMap(([, codes]) => codes));
const refused = (method: string, error: string, more: object = {}) =>
  slackError(method, new WebAPIPlatformError({ ok: false, error, ...more }));

describe("Slack's error codes", () => {
  it("are on file for every method that is called", () => {
    const sources = globSync(["src/**/*.ts", "local/cli/**/*.ts"]).map((file) => readFileSync(file, "utf8"));
    const called = sources.flatMap((text) => [...text.matchAll(/\bweb\.([a-z]+\.[a-zA-Z.]+)\(/g)].map((match) => match[1]));
    expect([...new Set(called)].sort()).toEqual(METHODS.map(([method]) => method).sort());
    expect(documented.size).toBeGreaterThan(80);
  });

  it("stand in the table, each of them and no other", () => {
    expect([...documented].filter((code) => !Object.hasOwn(CODES, code))).toEqual([]);
    expect(Object.keys(CODES).filter((code) => !documented.has(code) && !Object.hasOwn(UNLISTED, code))).toEqual([]);
    expect(Object.keys(UNLISTED).filter((code) => documented.has(code))).toEqual([]);
  });

  it.each(METHODS)("of %s each have a remedy, or heal by themselves", (method, codes) => {
    for (const code of codes) {
      const { kind, message, ofAddress } = refused(method, code);
      expect(message).toMatch(new RegExp(`^Slack refused (what the guard sent in )?${method}: ${code}\\. [A-Z].{15,}\\.$`));
      expect([code, /tried again|posted anew/.test(message)]).toEqual([code, kind === "later" || kind === "gone"]);
      expect([code, message.includes("Please report this")]).toEqual([code, kind === "ours"]);
      expect([code, ofAddress]).toEqual([code, kind !== "gone" && CODES[code]?.ofAll !== true]);
    }
  });

  it("of settings alone name a remedy", () => {
    for (const [code, { kind, remedy }] of Object.entries(CODES)) expect([code, remedy !== undefined]).toEqual([code, kind === "settings"]);
  });

  it("that are new to the guard are tried again", () => {
    for (const code of ["never_heard_of", "constructor", ""]) expect(refused("chat.update", code).kind).toBe("later");
  });

  it.each([
    [
      { needed: "usergroups:read", provided: "chat:write,commands" },
      /\(usergroups:read\) and install the app again\. It has chat:write,commands\.$/,
    ],
    [{ needed: "usergroups:read", provided: "" }, /\(usergroups:read\) and install the app again\. It has none\.$/],
    [{}, /\(usergroups:read\) and install the app again\.$/],
  ])("of a missing scope say which one, and which there are: %j", (more, words) => {
    expect(refused("usergroups.users.list", "missing_scope", more).message).toMatch(words);
  });
});
