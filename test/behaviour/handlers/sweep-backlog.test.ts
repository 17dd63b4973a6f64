import type { Event } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { logOnly } from "../../../src/clients/telemetry.ts";
import { backfill } from "../../../src/handlers/backfill.ts";
import { Outside } from "../../support/simulation/ports.ts";

const NOW = Date.parse("2024-02-05T08:00:00Z");
const MINUTE = 60_000;

it("sweeps that have time for a few events each take all in the end, in whatever order RDS lists them", async () => {
  const row = (index: number): Event => ({
    SourceType: "db-cluster",
    SourceIdentifier: `orders-${index}`,
    Message: "Replication has been degraded.",
    Date: new Date(NOW - (index + 1) * MINUTE),
  });
  const oldest = {
    ...row(50),
    SourceType: "blue-green-deployment" as const,
    SourceIdentifier: "bgd-orders",
    Message: "Blue/green deployment created.",
  };
  const rows = [...Array.from({ length: 45 }, (_, index) => row(index)), oldest];
  const outside = new Outside(NOW, () => ({ deployments: [], databases: [] }));
  const events = async (from: number, until: number) => rows.filter(({ Date: at }) => at && at.getTime() >= from && at.getTime() < until);
  const dependencies = {
    rds: { ...outside.rds(), events },
    records: outside.records(),
    watch: "all",
    telemetry: logOnly(),
    time: outside.clock,
  } as const;
  // Each is late from its beginning on.
  for (let sweeps = 0; sweeps < 6; sweeps += 1) expect(await backfill(NOW + sweeps, [], NOW, dependencies)).toEqual([]);
  const told = [...outside.items.keys()].filter((key) => /^(database|deployment)#/.test(key));
  expect(told).toHaveLength(rows.length);
});
