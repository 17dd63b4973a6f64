/** An attribute in DynamoDB's JSON: a text, a number as text, bytes in base64, or true or false. */
type Attribute = { S?: string; N?: string; B?: string; BOOL?: boolean };
type Attributes = Record<string, Attribute>;

/** What a write of DynamoDB's asks for. */
export interface Write {
  Item?: Attributes;
  Key?: Attributes;
}

const UNIT_BYTES = 1_024;

/**
 * Counts the write units that a table with the index of open items needs, from the writes that it is told of.
 *
 * A write needs a unit for each KiB of the item, and one for each entry that it adds to the index, changes in it, or takes out of it. Source:
 * DynamoDB developer guide, "Capacity unit consumption" and "Provisioned throughput considerations for global secondary indexes".
 */
export class WriteUnits {
  readonly #entries = new Map<string, { place: string; all: string }>();

  /** The units of one write that succeeded; an UpdateItem, which does not say how big the item is, counts as one. */
  of({ Item, Key }: Write): number {
    if (!Item) return Key ? 1 : 0;
    return Math.ceil(sizeOf(Item) / UNIT_BYTES) + this.#ofIndex(Item);
  }

  #ofIndex({ pk, open, rank, hint }: Attributes): number {
    const key = JSON.stringify(pk);
    const before = this.#entries.get(key);
    const after = open && { place: JSON.stringify([open, rank]), all: JSON.stringify([open, rank, hint]) };
    if (after) this.#entries.set(key, after);
    else this.#entries.delete(key);
    if (before?.all === after?.all) return 0;
    return before && after && before.place !== after.place ? 2 : 1;
  }
}

/** Bytes of an item, as DynamoDB counts those of texts, bytes, numbers and booleans. Source: "DynamoDB item sizes and formats". */
export function sizeOf(item: Attributes): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueSize(value), 0);
}

function valueSize({ S, N, B }: Attribute): number {
  if (S !== undefined) return Buffer.byteLength(S);
  if (B !== undefined) return Buffer.byteLength(B, "base64");
  return N === undefined ? 1 : Math.ceil(N.replaceAll(/\D/g, "").length / 2) + 1;
}
