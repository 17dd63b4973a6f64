import { isObject } from "./saved-values.ts";

/** What a saved file can hold. */
export type Held = "events" | "deployments" | "databases";

/** The fields by which what a file holds is known, and where such a file is named. */
const PLACES: Record<Held, { fields: readonly string[]; words: string }> = {
  deployments: {
    fields: ["BlueGreenDeployments", "BlueGreenDeploymentIdentifier"],
    words: "These are blue/green deployments: name the file after --deployments.",
  },
  databases: {
    fields: ["DBClusters", "DBInstances", "DBClusterEndpoints", "DBClusterIdentifier", "DBInstanceIdentifier"],
    words: "These are databases: name the file after --databases.",
  },
  events: { fields: ["Events", "detail-type", "SourceIdentifier"], words: "These are events: name the file without an option before it." },
};

/** Says where the value of a file belongs, after a blank, if it is what another argument takes; nothing otherwise. */
export function otherPlace(value: unknown, taken: Held): string {
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const held = Object.entries(PLACES).find(([, { fields }]) => isObject(first) && fields.some((field) => field in first));
  return held === undefined || held[0] === taken ? "" : ` ${held[1].words}`;
}
