import { SETTING_NAMES, SETTINGS } from "./given.ts";
import type { Kind } from "./kinds.ts";
import type { Setting } from "./setting.ts";

/** The name of the schema's file, in the repository and in the package. */
export const SCHEMA_FILE = "bluegreen-guard.schema.json";

/** A JSON schema, as far as the settings need one. */
export type Schema = Readonly<Record<string, unknown>>;

/** The JSON schema of a settings file, by which an editor offers the settings and marks what is refused; made of the table of settings. */
export function settingsSchema(): Schema {
  const alarms = SETTING_NAMES.filter((name) => entry(name).stated === "alarms");
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: "Settings of Blue/Green Guard",
    type: "object",
    properties: {
      $schema: { type: "string" },
      ...Object.fromEntries(SETTING_NAMES.map((name) => [name, { description: descriptionOf(entry(name)), ...given(entry(name)) }])),
    },
    additionalProperties: false,
    required: SETTING_NAMES.filter((name) => entry(name).stated !== undefined && !alarms.includes(name)),
    anyOf: alarms.map((name) => ({ required: [name] })),
  };
}

const entry = (name: keyof typeof SETTINGS): Setting => SETTINGS[name];

/** What a setting is, and what leaving it out means, as plain text. */
export function descriptionOf({ help = "", leftOut, default: value, word }: Setting): string {
  const left = leftOut ?? (value === undefined ? undefined : JSON.stringify(value));
  const words = word === undefined ? [] : [`"${word}" means: ${left}`];
  const leaving = left === undefined || word !== undefined ? [] : [`left out: ${left}`];
  return [help, ...words, ...leaving].join("; ").replaceAll("`", "");
}

function given({ kind, word }: Setting): Schema {
  const own = schemaOf(kind);
  return word === undefined ? own : { anyOf: [{ const: word }, own] };
}

function schemaOf(kind: Kind): Schema {
  switch (kind.is) {
    case "text":
    case "secret":
    case "topic":
      return { type: "string", ...(kind.pattern && { pattern: kind.pattern.source }) };
    case "choice":
    case "retention":
      return { enum: kind.of };
    case "number":
      return { type: kind.isWhole ? "integer" : "number", minimum: kind.range[0], maximum: kind.range[1] };
    case "truth":
      return { type: "boolean" };
    case "list":
      return {
        type: "array",
        items: { type: "string", pattern: kind.pattern.source },
        ...(kind.needsOne && { minItems: 1 }),
      };
  }
}
