/** The major version of an engine version: `15` of PostgreSQL's 15.5, `8.0` of MySQL's 8.0.36 and Aurora's 8.0.mysql_aurora.3.05.2. */
export function majorVersion(engine: string, version: string): string {
  const parts = version.split(".");
  return parts.slice(0, engine.includes("postgres") ? 1 : 2).join(".");
}

/** Whether `to` is an older version than `from`; a shorter text that agrees as far as it goes (`8.0`) is not. */
export function isOlder(to: string, from: string): boolean {
  const wanted = numbersOf(to);
  const present = numbersOf(from);
  const differing = wanted.findIndex((number, index) => index < present.length && number !== present[index]);
  return differing >= 0 && (wanted[differing] ?? 0) < (present[differing] ?? 0);
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
