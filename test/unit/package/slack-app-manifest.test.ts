import { globSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import schema from "../../slack/manifest.schema.json" with { type: "json" };

/** Slack's own schema of manifests, which is on file with its source. */
const SLACKS = new Ajv({ allErrors: true }).compile(schema);

const manifest = readFileSync("slack-app-manifest.yml", "utf8");

/** The scopes that Slack's methods ask of a bot. Source: Slack Web API reference, "Required scopes" of each. */
const SCOPES: Record<string, string[]> = {
  "chat.postMessage": ["chat:write"],
  "chat.update": ["chat:write"],
  "chat.delete": ["chat:write"],
  "auth.test": [],
  "usergroups.users.list": ["usergroups:read"],
};

const sources = globSync(["src/**/*.ts", "local/cli/**/*.ts"]).map((file) => readFileSync(file, "utf8"));
const methods = new Set(sources.flatMap((text) => [...text.matchAll(/\bweb\.([a-z]+\.[a-zA-Z.]+)\(/g)].map((match) => match[1] ?? "")));

function read(key: string): string {
  return new RegExp(`^ +${key}: "?(.+?)"?$`, "m").exec(manifest)?.[1] ?? "";
}

describe("the Slack app's manifest", () => {
  it("asks for the scopes of its command and of the methods that are called, and for no more", () => {
    expect([...methods].sort()).toEqual(Object.keys(SCOPES).sort());
    const needed = new Set([...methods].flatMap((method) => SCOPES[method] ?? `unknown scope of ${method}`));
    const asked = /^ {4}bot:\n((?: {6}- .+\n)+)/m.exec(manifest)?.[1]?.match(/[a-z:]+/g);
    expect(asked?.toSorted()).toEqual([...needed, "commands"].sort());
    expect(manifest).not.toMatch(/^ {4}user:|event_subscriptions/m);
  });

  it("sends commands and presses to one address, which the stack's output gives", () => {
    expect(manifest).toMatch(/slash_commands:\n {4}- command: \/bluegreen\n {6}url: https:\/\/example\.com\/\n/);
    expect(manifest).toMatch(/interactivity:\n {4}is_enabled: true\n {4}request_url: https:\/\/example\.com\/\n/);
    expect(manifest).toContain("BlueGreenGuardSlackUrl");
  });

  it("is what Slack's own schema demands, which knows every key of it", () => {
    const read: unknown = parse(manifest);
    SLACKS(read);
    expect(SLACKS.errors ?? []).toEqual([]);
    const keys = Object.keys(read as object);
    expect(keys).toEqual(["display_information", "features", "oauth_config", "settings"]);
  });

  it.each<[string, RegExp, string]>([
    ["a name that is too long", /name: Blue.*/, `name: ${"x".repeat(36)}`],
    ["a colour that is none", /"#1f3a4d"/, '"blue"'],
    ["a command without its stroke", /command: \/bluegreen/, "command: bluegreen"],
    ["a key that Slack does not know", /is_enabled: true/, "is_enabled: true\n    is_welcome: true"],
    ["a scope that is no text", /- commands/, "- 7"],
    ["a setting that is no yes or no", /org_deploy_enabled: false/, 'org_deploy_enabled: "no"'],
  ])("would not be with %s", (_, found, instead) => {
    expect(manifest).toMatch(found);
    expect(SLACKS(parse(manifest.replace(found, instead)))).toBe(false);
  });

  it("keeps to Slack's lengths", () => {
    expect(read("name")).toMatch(/^.{1,35}$/);
    expect(read("description")).toMatch(/^.{1,140}$/);
    expect(read("display_name")).toMatch(/^[a-z0-9._-]{1,80}$/);
    expect(read("background_color")).toMatch(/^#[0-9a-f]{6}$/);
  });

  it("leaves the bot's token as it is, since no function could renew it", () => expect(read("token_rotation_enabled")).toBe("false"));
});
