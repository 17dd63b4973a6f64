import { createHash } from "node:crypto";
import { createIdentifiers, type Identifiers, type Random } from "../../lab/rds/identifiers.ts";

/** Identifiers that are the same each time, whatever else of another kind was made between. */
export function steadyIdentifiers(): Identifiers {
  const alone = <Kind extends keyof Identifiers>(kind: Kind): Identifiers[Kind] => createIdentifiers(countedChance(kind))[kind];
  return {
    deployment: alone("deployment"),
    greenSuffix: alone("greenSuffix"),
    clusterResource: alone("clusterResource"),
    instanceResource: alone("instanceResource"),
    endpointResource: alone("endpointResource"),
    endpointHash: alone("endpointHash"),
    uuid: alone("uuid"),
  };
}

/** Numbers that follow from the seed and from how many were drawn before. */
function countedChance(seed: string): Random {
  let count = 0;
  return () => createHash("sha256").update(`${seed} ${count++}`).digest().readUInt32BE() / 2 ** 32;
}

const ID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|(?<=-)[0-9a-f]{8}(?![0-9a-z])/g;

/**
 * The text with other ids in place of those that chance makes: the requests' own, and their first eight characters, with which the names of
 * created deployments end. They are numbered in the order of their appearance.
 */
export function steady(text: string): string {
  const numbers = new Map<string, string>();
  return text.replace(ID, (id) => {
    const start = id.slice(0, 8);
    const number = numbers.get(start) ?? String(numbers.size + 1).padStart(8, "0");
    numbers.set(start, number);
    return id === start ? number : `${number}-0000-4000-8000-000000000000`;
  });
}
