import { expect, it } from "vitest";
import { createListing } from "../../../src/handlers/listing.ts";
import type { Watch } from "../../../src/settings/settings.ts";
import { event, first } from "../../support/deployments/upgrade.ts";

const START = Date.parse("2024-02-05T08:00:00Z");
const OF_FIRST = event({ sourceType: "db-instance", sourceIdentifier: "db-instance-writer", message: "Replication has stopped." });

/** A listing, how often RDS was asked for it, and a clock. */
function listing(watch: Watch = "all") {
  const so = { asked: 0, now: START, deployments: [first()] };
  const rds = {
    async deployments() {
      so.asked += 1;
      return so.deployments;
    },
  };
  const { find, keep } = createListing(rds, watch, { now: () => so.now, until: async () => {} });
  return { so, find, keep };
}

it("RDS is asked for each batch", async () => {
  const { so, find } = listing();
  await find([OF_FIRST]);
  await find([OF_FIRST]);
  expect(so.asked).toBe(2);
});

it("while somebody else empties the channel, a listing serves the batches of thirty seconds", async () => {
  const { so, find, keep } = listing();
  const { at } = await find([OF_FIRST]);
  keep(true);
  so.now += 29_000;
  expect(await find([OF_FIRST])).toMatchObject({ at, places: [{ deployment: { id: first().id } }] });
  expect(so.asked).toBe(1);
  so.now += 1_000;
  expect((await find([OF_FIRST])).at).toBe(so.now);
  expect(so.asked).toBe(2);
  keep(false);
  await find([OF_FIRST]);
  expect(so.asked).toBe(3);
});

it("an event of a deployment that a kept listing does not have is looked for in a new one", async () => {
  const { so, find, keep } = listing();
  await find([OF_FIRST]);
  keep(true);
  const id = "bgd-created5minsago1";
  so.deployments = [first(), first({ id, name: "another", source: undefined, target: undefined, members: [] })];
  const of = event({ sourceType: "blue-green-deployment", sourceIdentifier: id });
  expect((await find([OF_FIRST, of])).places.map(({ deployment }) => deployment?.id)).toEqual([first().id, id]);
  expect(so.asked).toBe(2);
});

it("an event of a deployment without the tag is looked for in a new listing: it may bear the tag by now", async () => {
  const { so, find, keep } = listing("tagged");
  await find([OF_FIRST]);
  keep(true);
  so.deployments = [first({ tags: { "bluegreen-guard:watch": "" } })];
  expect((await find([OF_FIRST])).places).toMatchObject([{ deployment: { tags: { "bluegreen-guard:watch": "" } } }]);
  await find([OF_FIRST]);
  expect(so.asked).toBe(2);
});
