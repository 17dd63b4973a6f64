import { expect, it } from "vitest";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { replicationOf } from "../../../src/deployments/replication.ts";
import { databasesOf, first, second } from "../../support/deployments/upgrade.ts";

function viewOf(engine: string, green: string, deployment: Deployment = first()) {
  const databases = databasesOf(deployment, { engine });
  return { deployment, databases: databases.map((it) => (it.arn === deployment.target ? { ...it, engineVersion: green } : it)) };
}

const replication = (engine: string, green = "15.5", deployment?: Deployment) => replicationOf(viewOf(engine, green, deployment));

it("is logical for Aurora PostgreSQL, for a minor upgrade too, and before green is there", () => {
  expect(replication("aurora-postgresql")).toBe("logical");
  expect(replication("aurora-postgresql", "14.11")).toBe("logical");
  expect(replication("aurora-postgresql", "", first({ target: undefined }))).toBe("logical");
});

it("is logical for RDS PostgreSQL only where green's major version is higher, also after the names changed hands", () => {
  expect(replication("postgres")).toBe("logical");
  expect(replication("postgres", "14.11")).toBe("physical");
  expect(replication("postgres", "15.5", second())).toBe("logical");
});

it("is unknown for RDS PostgreSQL while one side is not there, and for an engine that the guard does not know", () => {
  expect(replication("postgres", "", first({ target: undefined }))).toBeUndefined();
  expect(replication("oracle-ee")).toBeUndefined();
  expect(replicationOf({ deployment: first(), databases: [] })).toBeUndefined();
});

it.each(["mysql", "mariadb", "aurora-mysql"])("is by binary log for %s", (engine) => expect(replication(engine)).toBe("binary log"));

it("is unknown for RDS PostgreSQL while green, about to be upgraded, still has blue's version", () => {
  const upgrading = first({ tasks: [{ name: "DB_ENGINE_VERSION_UPGRADE", status: "IN_PROGRESS" }] });
  expect(replication("postgres", "14.10", upgrading)).toBeUndefined();
  expect(replication("postgres", "15.5", upgrading)).toBe("logical");
  expect(replication("postgres", "14.10", first({ tasks: [] }))).toBe("physical");
});
