import type { Filter } from "@aws-sdk/client-rds";
import { invalidValue } from "../errors.ts";

/**
 * One page of a list: MaxRecords 20 to 100, default 100; the marker holds the key of the last row, so that rows which come or go
 * between two pages neither repeat nor hide others.
 *
 * @throws RdsError InvalidParameterValue.
 */
export function paged<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  { MaxRecords = 100, Marker }: { MaxRecords?: number; Marker?: string },
): { page: T[]; Marker?: string } {
  if (MaxRecords < 20 || MaxRecords > 100) {
    throw invalidValue(`Invalid value ${MaxRecords} for MaxRecords. Must be between 20 and 100`);
  }
  const after = Marker === undefined ? "" : keyIn(Marker);
  const rows = items
    .map((item) => ({ item, key: keyOf(item) }))
    .filter(({ key }) => key > after)
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  const last = rows[MaxRecords - 1];
  return {
    page: rows.slice(0, MaxRecords).map(({ item }) => item),
    Marker: last === undefined || rows.length <= MaxRecords ? undefined : Buffer.from(last.key).toString("base64url"),
  };
}

/** Whether a row passes the filters: for every filter one of its values is among the row's.
 *
 * @throws RdsError InvalidParameterValue for a filter that the action does not know.
 */
export function passes(filters: readonly Filter[] | undefined, valuesOf: Record<string, readonly (string | undefined)[]>): boolean {
  return (filters ?? []).every(({ Name = "", Values = [] }) => {
    const known = valuesOf[Name];
    if (known === undefined) throw invalidValue(`Unrecognized filter name: ${Name}`);
    const wanted = Values.map((value) => value.toLowerCase());
    return known.some((value) => value !== undefined && wanted.includes(value.toLowerCase()));
  });
}

/** Checks the names of filters even if there are no rows to filter. */
export function checkFilters(filters: readonly Filter[] | undefined, names: readonly string[]): void {
  passes(filters, Object.fromEntries(names.map((name) => [name, []])));
}

function keyIn(marker: string): string {
  const key = Buffer.from(marker, "base64url").toString();
  if (key === "" || Buffer.from(key).toString("base64url") !== marker) {
    throw invalidValue(`The request marker is invalid: ${marker}. Use the Marker of the page before, as it was.`);
  }
  return key;
}
