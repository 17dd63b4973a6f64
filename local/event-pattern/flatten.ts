/** Which element of each array of the event a value lies in: array number to index. */
export type Membership = ReadonlyMap<number, number>;

/** A value of an event that is neither object nor array, and where it lies; array indexes are no part of the path. */
export interface Leaf {
  path: string;
  value: string | number | boolean | null;
  membership: Membership;
}

/** Lists the values of an event as EventBridge compares them; empty objects and arrays leave nothing behind. */
export function flattenEvent(event: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  let arrays = 0;
  const walk = (value: unknown, path: string, membership: Membership): void => {
    if (Array.isArray(value)) {
      const array = arrays++;
      value.forEach((element, index) => {
        walk(element, path, new Map([...membership, [array, index]]));
      });
    } else if (value !== null && typeof value === "object") {
      for (const [name, field] of Object.entries(value)) walk(field, path === "" ? name : `${path}.${name}`, membership);
    } else if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean") {
      leaves.push({ path, value, membership });
    }
  };
  walk(event, "", new Map());
  return leaves;
}

/** Says whether no array is used with two different elements. */
export function consistent(chosen: Membership, candidate: Membership): boolean {
  return [...candidate].every(([array, index]) => (chosen.get(array) ?? index) === index);
}
