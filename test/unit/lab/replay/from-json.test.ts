import { type DBCluster, DBCluster$, type DBInstance, DBInstance$ } from "@aws-sdk/client-rds";
import { expect, it } from "vitest";
import { fromJson } from "../../../../lab/replay/from-json.ts";

const instance = (value: unknown) => fromJson<DBInstance>(DBInstance$, value, ["DBInstanceIdentifier"]);

it("an answer as the AWS CLI prints it is read into the SDK's types, without what the SDK does not know", () => {
  expect(
    instance({
      DBInstanceIdentifier: "orders",
      AllocatedStorage: 20,
      MultiAZ: false,
      InstanceCreateTime: "2024-02-05T06:10:00.5+00:00",
      StatusInfos: [{ StatusType: "read replication", Normal: true, Status: "replicating" }],
      ReadReplicaDBInstanceIdentifiers: [],
      KmsKeyId: null,
      AddedNextYear: { Some: ["thing"] },
    }),
  ).toEqual({
    DBInstanceIdentifier: "orders",
    AllocatedStorage: 20,
    MultiAZ: false,
    InstanceCreateTime: new Date("2024-02-05T06:10:00.500Z"),
    StatusInfos: [{ StatusType: "read replication", Normal: true, Status: "replicating" }],
    ReadReplicaDBInstanceIdentifiers: [],
  });
});

it.each([
  [{}, "DBInstanceIdentifier: missing"],
  [{ DBInstanceIdentifier: "" }, "DBInstanceIdentifier: missing"],
  ["orders", '(the whole): expected an object; received "orders"'],
  [{ DBInstanceIdentifier: 5 }, "DBInstanceIdentifier: expected text; received 5"],
  [{ AllocatedStorage: "20" }, 'AllocatedStorage: expected a number; received "20"'],
  [{ MultiAZ: "no" }, 'MultiAZ: expected a boolean; received "no"'],
  [{ StatusInfos: {} }, "StatusInfos: expected a list; received {}"],
  [{ StatusInfos: [{}, { Normal: 1 }] }, "StatusInfos.1.Normal: expected a boolean; received 1"],
  [{ InstanceCreateTime: "5 Feb 2024" }, 'InstanceCreateTime: expected a time in ISO 8601; received "5 Feb 2024"'],
])("what is wrong with %j is said with the field's name", (value, message) => {
  expect(() => instance(value)).toThrow(message);
});

it("a cluster's fields are its own", () => {
  expect(fromJson<DBCluster>(DBCluster$, { DBClusterIdentifier: "a", DBInstanceStatus: "x" }, [])).toEqual({ DBClusterIdentifier: "a" });
});
