import { describe, expect, it } from "vitest";
import { openCase, readCase, replayed } from "../../support/cases/case-lab.ts";

// Source: the article "RDS MySQL Blue/Green Upgrades: Don't Let Debezium Lose Its Place" (2026-03-26); the same need in airbytehq/airbyte#85783
// and datazip-inc/olake#1235. A replica's binary log has positions of its own: the writer's mean nothing in it.
const SHOPDB = readCase("binary-log-of-two-databases");
const reversed = {
  ...SHOPDB,
  events: SHOPDB.events.map((event, index) => ({ ...event, Message: SHOPDB.events[[0, 2, 1, 3][index] ?? 0]?.Message ?? "" })),
};
const same = readCase("binary-log-of-two-databases", (text) => text.replace("000007 and position 536", "000003 and position 40134574"));

const WAYS: [string, boolean][] = [
  ["by their events", false],
  ["though every event is lost", true],
];

/** For each entry about coordinates: whose log, which file, which position. */
const coordinates = (entries: readonly string[]) =>
  entries
    .filter((text) => text.startsWith("*Binary log coordinates"))
    .map((text) => [/log of `(.+?)` alone/, /file `(.+?)`/, /position `(.+?)`/].map((pattern) => pattern.exec(text)?.[1]).join(" "))
    .sort();

describe.each(WAYS)("each database's binary log coordinates are told with the database whose log it is, %s", (_way, lost) => {
  it.each([
    ["as published", SHOPDB, ["shopdb mysql-bin-changelog.000003 40134574", "shopdb-cdc mysql-bin-changelog.000007 536"]],
    ["the other way round", reversed, ["shopdb mysql-bin-changelog.000007 536", "shopdb-cdc mysql-bin-changelog.000003 40134574"]],
    ["of both alike", same, ["shopdb mysql-bin-changelog.000003 40134574", "shopdb-cdc mysql-bin-changelog.000003 40134574"]],
    [
      "of MariaDB",
      readCase("binary-log-of-two-databases", (text) => text.replaceAll('"mysql"', '"mariadb"')),
      ["shopdb mysql-bin-changelog.000003 40134574", "shopdb-cdc mysql-bin-changelog.000007 536"],
    ],
  ])("%s", async (_what, published, told) => {
    const lab = await openCase(published, { first: "after", lost });
    await lab.happens(...published.events);
    await lab.sweeps(2);
    expect(coordinates(lab.entries())).toEqual(told);
    // "Binlog position from crash recovery" is another thing.
    expect(lab.said()).not.toContain("changelog.000001");
  });
});

it("a replay of them leaves the deployment switched over", async () => {
  expect(await replayed(SHOPDB, SHOPDB.answers["after"])).toMatchObject({ phase: "switched-over", offers: [] });
});
