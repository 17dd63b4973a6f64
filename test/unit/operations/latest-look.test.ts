import { beforeEach, describe, expect, it } from "vitest";
import type { Database, Deployment } from "../../../src/deployments/deployment.ts";
import { keepingLatest } from "../../../src/operations/read/latest-look.ts";

const SECOND = 1_000;
const ARN = "arn:aws:rds:ap-northeast-1:123456789012:cluster";
const BLUE = `${ARN}:orders`;
const GREEN = `${ARN}:orders-green-abc123`;

const deployment = (changes: Partial<Deployment> = {}): Deployment => ({
  id: "bgd-one",
  name: "orders-15",
  status: "AVAILABLE",
  source: BLUE,
  target: GREEN,
  members: [{ source: BLUE, target: GREEN }],
  tasks: [],
  tags: {},
  ...changes,
});
const database = (arn: string) => ({ arn, status: "available" }) as Database;

let now: number;
let calls: string[];
let shows: Deployment;
let found: Database[];
let kept: ReturnType<typeof keepingLatest<ReturnType<typeof answering>>>;

/** What RDS answers in these tests, each call of it noted. */
function answering() {
  return {
    async deployment(id: string) {
      calls.push(`deployment ${id}`);
      return shows.id === id ? shows : undefined;
    },
    async databases(_of: readonly Deployment[]) {
      calls.push("databases");
      return found;
    },
    endpoints: async () => [],
    async deleteWithGreen(id: string) {
      calls.push(`delete ${id}`);
      shows = deployment({ status: "DELETING" });
    },
  };
}

beforeEach(() => {
  now = Date.parse("2024-02-05T06:00:00Z");
  calls = [];
  shows = deployment();
  found = [database(BLUE), database(GREEN)];
  kept = keepingLatest(answering(), ["deleteWithGreen"], () => now);
});

/** A whole look, as an operation takes it. */
async function look(id = "bgd-one"): Promise<void> {
  const seen = await kept.rds.deployment(id);
  await kept.rds.databases(seen ? [seen] : []);
  calls = [];
}

describe("what an operation has just seen of a deployment", () => {
  it("is told without another call, and as of when RDS was asked", async () => {
    const at = now;
    await look();
    now += 4 * SECOND;
    expect(await kept.latest("bgd-one")).toEqual({ view: { deployment: shows, databases: found }, at });
    expect(calls).toEqual([]);
  });

  it("is not told once it is older than five seconds", async () => {
    await look();
    now += 6 * SECOND;
    expect(await kept.latest("bgd-one")).toBeUndefined();
  });

  it("is not told of a deployment that RDS does not list", async () => {
    await look("bgd-other");
    expect(await kept.latest("bgd-other")).toBeUndefined();
  });

  it("is asked for again after the operation has changed it, but for its databases", async () => {
    await look();
    await kept.rds.deleteWithGreen("bgd-one");
    expect(await kept.latest("bgd-one")).toMatchObject({ view: { deployment: { status: "DELETING" }, databases: found } });
    expect(calls).toEqual(["delete bgd-one", "deployment bgd-one"]);
  });

  it("takes the databases of a deployment that was just created from the look at blue", async () => {
    await look();
    shows = deployment({ id: "bgd-two", target: undefined, members: [{ source: BLUE }] });
    expect(await kept.latest("bgd-two")).toMatchObject({ view: { deployment: shows, databases: [{ arn: BLUE }] } });
    expect(calls).toEqual(["deployment bgd-two"]);
  });

  it("is asked for as a whole where it names a database that the look did not show", async () => {
    found = [database(BLUE)];
    await look();
    found = [database(BLUE), database(GREEN)];
    expect((await kept.latest("bgd-one"))?.view.databases).toEqual(found);
    expect(calls).toEqual(["databases"]);
  });

  it("is as old as its deployment, also where its databases are asked for again", async () => {
    found = [database(BLUE)];
    const at = now;
    await look();
    now += 4 * SECOND;
    expect((await kept.latest("bgd-one"))?.at).toBe(at);
  });
});
