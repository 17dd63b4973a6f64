import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { problemOf, SETTING_NAMES, SETTINGS, type SettingName, unstated } from "../../../src/settings/given.ts";
import { SCHEMA_FILE, settingsSchema } from "../../../src/settings/schema.ts";
import type { Setting } from "../../../src/settings/setting.ts";

const isValid = new Ajv({ strict: true, strictRequired: false }).compile(settingsSchema());

const STATED = { slackChannel: "C0123456789", slackSecret: "create", operators: "none", alarmEmail: "none" };

/** Values that some setting takes, or nearly. */
const VALUES = fc.oneof(
  ...SETTING_NAMES.map((name) => SETTINGS[name] as Setting)
    .map(({ default: value }) => value)
    .filter((value) => value !== undefined)
    .map(fc.constant),
  fc.constantFrom("none", "create", "C0123456789", "U0123456789", "team/slack", "oncall@example.com", "tagged", "recreate", ""),
  fc.constantFrom("arn:aws:sns:ap-northeast-1:123456789012:oncall", "arn:aws:iam::123456789012:role/monitoring"),
  fc.constantFrom<unknown>(0, 1, 2, 1.5, 90, 121, 337, 1_000, 1_001, null, true, {}),
  fc.array(fc.constantFrom("C0123456789", "U0123456789", "*-green-*", "arn:aws:iam::123456789012:role/m", "arn:aws:iam::1:role/*", 7)),
);

const FILES = fc
  .tuple(fc.subarray(Object.keys(STATED) as SettingName[]), fc.dictionary(fc.constantFrom(...SETTING_NAMES), VALUES))
  .map(([names, others]): Partial<Record<SettingName, unknown>> => {
    return { ...Object.fromEntries(names.map((name) => [name, STATED[name as keyof typeof STATED]])), ...others };
  });

describe("the schema of the settings file", () => {
  it("takes what the guard takes, and refuses what the guard refuses", () => {
    const seen = { taken: 0, refused: 0 };
    fc.assert(
      fc.property(FILES, (file) => {
        const names = Object.keys(file) as SettingName[];
        const takes = unstated(file).length === 0 && names.every((name) => problemOf(name, file[name]) === undefined);
        seen[takes ? "taken" : "refused"] += 1;
        expect(isValid(file), JSON.stringify(file)).toBe(takes);
      }),
      { numRuns: 2_000 },
    );
    expect(seen.taken).toBeGreaterThan(20);
    expect(seen.refused).toBeGreaterThan(200);
  });

  it.each(SETTING_NAMES)("takes %s where the guard does, by itself", (name) => {
    fc.assert(
      fc.property(VALUES, (value) => {
        expect(isValid({ ...STATED, [name]: value }), JSON.stringify(value)).toBe(problemOf(name, value) === undefined);
      }),
    );
  });

  it("refuses a setting that there is not, and lets a file name its schema", () => {
    expect(isValid({ ...STATED, operatrs: [] })).toBe(false);
    expect(isValid({ $schema: `./${SCHEMA_FILE}`, ...STATED })).toBe(true);
  });

  it(`stands in ${SCHEMA_FILE} as it is (npm run schema writes it)`, () => {
    expect(JSON.parse(readFileSync(SCHEMA_FILE, "utf8"))).toEqual(settingsSchema());
  });
});
