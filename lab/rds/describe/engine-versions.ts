import type { DBEngineVersionMessage, DescribeDBEngineVersionsMessage } from "@aws-sdk/client-rds";
import type { ControlPlane } from "../control-plane.ts";
import { familyOf } from "../parameter-groups.ts";
import { isOlder, majorVersion } from "../versions.ts";
import { checkFilters, paged } from "./paging.ts";

/**
 * The versions that RDS lists in the lab, by engine: some of those that AWS has or had, and those of the stories. A version that a test
 * removes is no longer listed, and nothing can be upgraded to it.
 */
export function engineVersions(): Map<string, Set<string>> {
  const postgres = [
    "13.12",
    "13.23",
    "14.9",
    "14.10",
    "14.20",
    "15.4",
    "15.5",
    "15.6",
    "15.15",
    "16.1",
    "16.4",
    "16.6",
    "16.11",
    "17.4",
    "17.7",
  ];
  const auroraMysql = ["2.11.2", "2.11.4", "2.12.5"].map((it) => `5.7.mysql_aurora.${it}`);
  const auroraMysql8 = ["3.05.2", "3.08.0", "3.10.1"].map((it) => `8.0.mysql_aurora.${it}`);
  return new Map([
    ["aurora-postgresql", new Set(postgres)],
    ["postgres", new Set(postgres)],
    ["aurora-mysql", new Set([...auroraMysql, ...auroraMysql8])],
    ["mysql", new Set(["5.7.44", "8.0.36", "8.0.39", "8.0.40", "8.4.3", "8.4.5"])],
    ["mariadb", new Set(["10.6.20", "10.11.8", "10.11.10", "11.4.4"])],
  ]);
}

/** DescribeDBEngineVersions: without a version all of the engine, without an engine all versions. */
export function describeEngineVersions(control: ControlPlane, request: DescribeDBEngineVersionsMessage): DBEngineVersionMessage {
  checkFilters(request.Filters, []);
  const { Engine, EngineVersion, DBParameterGroupFamily: family } = request;
  const all = [...control.engineVersions].flatMap(([engine, versions]) => [...versions].map((version) => ({ engine, version })));
  const found = all
    .filter(({ engine, version }) => engine === (Engine ?? engine) && isAsked(version, EngineVersion))
    .filter(({ engine, version }) => family === undefined || familyOf(engine, version) === family);
  const { page, Marker } = paged(found, ({ engine, version }) => `${engine} ${version}`, request);
  const DBEngineVersions = page.map(({ engine, version }) => ({
    Engine: engine,
    EngineVersion: version,
    DBParameterGroupFamily: familyOf(engine, version),
    Status: "available",
    ValidUpgradeTarget: [...(control.engineVersions.get(engine) ?? [])]
      .filter((target) => isOlder(version, target))
      .map((target) => ({
        Engine: engine,
        EngineVersion: target,
        AutoUpgrade: false,
        IsMajorVersionUpgrade: majorVersion(engine, target) !== majorVersion(engine, version),
      })),
  }));
  return { DBEngineVersions, Marker };
}

/** AWS also takes the beginning of a version: `15` lists all of 15. */
function isAsked(version: string, asked: string | undefined): boolean {
  return asked === undefined || version === asked || version.startsWith(`${asked}.`);
}
