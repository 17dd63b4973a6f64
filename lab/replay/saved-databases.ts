import { type DBCluster, DBCluster$, type DBClusterEndpoint, DBClusterEndpoint$, type DBInstance, DBInstance$ } from "@aws-sdk/client-rds";
import type { GivenDatabases } from "../rds/rds.ts";
import { BrokenFileError } from "./broken-file-error.ts";
import { fromJson, WrongFieldError } from "./from-json.ts";
import { otherPlace } from "./other-place.ts";
import { savedText } from "./saved-file.ts";
import { elementsOf, isObject, placeOf, type SavedValue, savedValues } from "./saved-values.ts";

type Kind = keyof GivenDatabases;

/** A database or a custom endpoint, with where it stands. */
type Found = SavedValue & { kind: Kind; file: string };

/** How one element is read; the kinds are in the order in which a field tells them apart, which an element has without its answer. */
const KINDS: Record<Kind, { has: string; called: string; read(value: unknown): object; name(element: object): string }> = {
  DBInstances: {
    has: "DBInstanceIdentifier",
    called: "a DB instance as describe-db-instances",
    read: (value) => fromJson<DBInstance>(DBInstance$, value, ["DBInstanceIdentifier", "Engine", "EngineVersion", "DBInstanceStatus"]),
    name: (it: DBInstance) => it.DBInstanceIdentifier ?? "",
  },
  DBClusterEndpoints: {
    has: "EndpointType",
    called: "an endpoint as describe-db-cluster-endpoints",
    read: (value) => fromJson<DBClusterEndpoint>(DBClusterEndpoint$, value, ["DBClusterIdentifier", "EndpointType", "Status"]),
    // A cluster's own endpoints have no name.
    name: (it: DBClusterEndpoint) => it.DBClusterEndpointIdentifier ?? `${it.DBClusterIdentifier} ${it.EndpointType}`,
  },
  DBClusters: {
    has: "DBClusterIdentifier",
    called: "a DB cluster as describe-db-clusters",
    read: (value) => fromJson<DBCluster>(DBCluster$, value, ["DBClusterIdentifier", "Engine", "EngineVersion", "Status"]),
    name: (it: DBCluster) => it.DBClusterIdentifier ?? "",
  },
};
const KEYS = Object.keys(KINDS) as Kind[];

/**
 * The databases of saved answers of DescribeDBClusters, DescribeDBInstances and DescribeDBClusterEndpoints, as the AWS CLI prints them, or of
 * arrays of their elements. What one file lists of a kind is added to what the others list; the last file wins.
 *
 * @throws BrokenFileError for a file that cannot be read, or in which anything is wrong.
 */
export async function savedDatabases(files: readonly string[]): Promise<GivenDatabases> {
  const found: Partial<Record<Kind, Map<string, object>>> = {};
  for (const file of files) {
    const values = savedValues(file, await savedText(file)).flatMap((value) => elementsOf(file, value, []));
    for (const value of values) {
      for (const { kind, elements } of listsOf(file, value)) {
        found[kind] ??= new Map();
        for (const element of elements) {
          const read = readElement({ ...element, kind, file });
          found[kind].set(KINDS[kind].name(read).toLowerCase(), read);
        }
      }
    }
  }
  return Object.fromEntries(Object.entries(found).map(([kind, all]) => [kind, [...all.values()]]));
}

/** The lists that an answer holds, or the element that the value itself is. */
function listsOf(file: string, value: SavedValue): { kind: Kind; elements: SavedValue[] }[] {
  const { value: json } = value;
  if (isObject(json)) {
    const lists = KEYS.filter((kind) => kind in json);
    if (lists.length > 0) return lists.map((kind) => ({ kind, elements: elementsUnder(file, value, kind, json[kind]) }));
    const kind = KEYS.find((it) => KINDS[it].has in json);
    if (kind) return [{ kind, elements: [value] }];
  }
  throw new BrokenFileError(
    file,
    placeOf(value),
    "not an answer of describe-db-clusters, describe-db-instances or describe-db-cluster-endpoints " +
      `(DBClusters, DBInstances, DBClusterEndpoints), nor an element of one.${otherPlace(json, "databases")}`,
  );
}

function elementsUnder(file: string, { position }: SavedValue, kind: Kind, list: unknown): SavedValue[] {
  if (!Array.isArray(list))
    throw new BrokenFileError(file, position, `${kind}: expected a list; received ${JSON.stringify(list).slice(0, 80)}.`);
  return elementsOf(file, { value: list, position: `${position && `${position}, `}${kind}` }, []);
}

function readElement({ file, position, kind, value }: Found): object {
  try {
    return KINDS[kind].read(value);
  } catch (error) {
    if (!(error instanceof WrongFieldError)) throw error;
    throw new BrokenFileError(file, position, `not ${KINDS[kind].called} answers it: ${error.message}.`);
  }
}
