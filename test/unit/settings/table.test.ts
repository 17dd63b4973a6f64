import { readFileSync } from "node:fs";
import { describe, expect, expectTypeOf, it } from "vitest";
import type { BlueGreenGuardProps } from "../../../infra/props.ts";
import { SETTINGS } from "../../../src/settings/given.ts";
import { refusalOf } from "../../../src/settings/kinds.ts";
import { answer, PLACES, TERMINAL, webhookSecret } from "../../../src/settings/places.ts";
import type { Values } from "../../../src/settings/read.ts";
import type { Setting } from "../../../src/settings/setting.ts";
import { GUARD } from "../../../src/settings/table.ts";

const PROPS = SETTINGS;
const props: [string, Setting][] = Object.entries(PROPS);
const read = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), "utf8");

/** The least and the most as people write them. */
const rangeOf = ({ kind }: Setting) => (kind.is === "number" ? kind.range.map((it) => it.toLocaleString("en-US")).join(" to ") : undefined);

describe("the table of settings", () => {
  it.each(props.filter(([, { default: value }]) => value !== undefined))("has a default for %s that it would take", (_, setting) => {
    expect(refusalOf(setting.kind, setting.default)).toBeUndefined();
  });

  it("names each variable once", () => {
    const told: Setting[] = [...Object.values(GUARD), ...Object.values(PLACES), ...Object.values(TERMINAL), answer, webhookSecret];
    const names = told.map(({ variable }) => variable);
    expect(names.length).toBeGreaterThan(20);
    expect(new Set(names).size).toBe(names.length);
  });

  it("has the props that the construct has, with the same values where the CDK has no objects of its own", () => {
    type Own = "slackSecret" | "webhookSecret" | "alarmTopic" | "logRetention";
    type Optional = Partial<Omit<Values<typeof PROPS>, "slackChannel" | Own>>;
    expectTypeOf<keyof BlueGreenGuardProps>().toEqualTypeOf<keyof typeof PROPS>();
    expectTypeOf<Omit<BlueGreenGuardProps, "slackChannel" | Own>>().toEqualTypeOf<Readonly<Optional>>();
    expectTypeOf<BlueGreenGuardProps["slackChannel"]>().toEqualTypeOf<string>();
  });
});

// The README's rows are built here: if one differs, the test prints the table as it should be.
describe("the README's table of settings", () => {
  it("is the table of settings", () => {
    const [, below = ""] = read("README.md").split("\n### Settings\n");
    const [, , ...rows] =
      below
        .split("\n\n")
        .find((block) => block.startsWith("| prop"))
        ?.split("\n") ?? [];
    expect(rows).toEqual(props.map(([name, setting]) => rowOf(name, setting)));
  });

  it.each(props)("names all that %s takes", (name, setting) => {
    if (setting.kind.is !== "choice") return;
    for (const word of setting.kind.of) expect(rowOf(name, setting)).toContain(String(word));
  });
});

function rowOf(name: string, setting: Setting): string {
  const { kind, help } = setting;
  const range = rangeOf(setting) ?? (kind.is === "choice" && typeof kind.of[0] === "number" ? kind.of.join(" or ") : undefined);
  const ofList = kind.is === "list" ? "; after `-c` with commas between" : "";
  const word = setting.word === undefined ? "" : `; in the stack's settings also \`${setting.word}\``;
  const takes = `${help}${range === undefined ? "" : `, ${range}`}${ofList}${word}`;
  return `| \`${name}\` | ${takes} | ${setting.leftOut ?? defaultOf(setting, (text) => `\`${text}\``)} |`;
}

/** What leaving it out means: its default in words, unless the table has better ones. */
function defaultOf({ default: value }: Setting, quoted: (text: string) => string): string {
  if (value === undefined) return "required";
  if (Array.isArray(value)) return value.map((it) => `\`${it}\``).join(", ");
  return typeof value === "number" ? String(value) : quoted(String(value));
}

describe("what the construct's types say of a prop", () => {
  const docs = docsIn(read("infra/props.ts"));

  it("is said of each", () => expect([...docs.keys()]).toEqual(props.map(([name]) => name)));

  it.each(props)("is of %s what it takes, and what leaving it out means", (name, setting) => {
    const text = docs.get(name) ?? "";
    const range = rangeOf(setting);
    if (range !== undefined) expect(text).toMatch(new RegExp(`, ${range}[,.]`));
    if (setting.kind.is === "choice") for (const word of setting.kind.of) expect(text).toContain(JSON.stringify(word));
    const isText = setting.kind.is === "choice" || setting.kind.is === "text";
    const leftOut = setting.leftOut ?? defaultOf(setting, (it) => (isText ? `"${it}"` : it));
    expect(text).toContain(leftOut === "required" ? " Required" : `Left out, ${leftOut}`);
  });
});

/** The docstring of each prop of the interface, on one line. */
function docsIn(source: string): Map<string, string> {
  const found = source.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s+readonly (\w+)/g);
  return new Map([...found].map(([, text = "", name = ""]) => [name, text.replaceAll(/\s*\n\s*\* ?/g, " ").trim()]));
}
