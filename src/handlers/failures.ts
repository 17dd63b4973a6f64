const AT_ONCE = 10;

/**
 * Runs all, ten at once; returns what went wrong, so that one failure does not keep the rest from being done. After the first ten it leaves
 * out what is not begun before `isLate`.
 */
export async function inTurns<T>(
  items: readonly T[],
  run: (item: T) => Promise<unknown>,
  isLate: () => boolean = () => false,
): Promise<unknown[]> {
  const failures: unknown[] = [];
  for (let start = 0; start < items.length && !(start > 0 && isLate()); start += AT_ONCE) {
    const results = await Promise.allSettled(items.slice(start, start + AT_ONCE).map(run));
    failures.push(...results.filter((result) => result.status === "rejected").map(({ reason }) => reason));
  }
  return failures;
}

/** What `run` says went wrong, or what it throws. */
export async function withFailures(run: () => Promise<unknown[]>): Promise<unknown[]> {
  try {
    return await run();
  } catch (error) {
    return [error];
  }
}

/** Waits for `running`, and puts the deployment's id before what went wrong. @throws Error whose cause is the one thrown. */
export async function named(id: string, running: Promise<unknown>): Promise<void> {
  try {
    await running;
  } catch (error) {
    throw new Error(`${id}: ${textOf(error)}`, { cause: error });
  }
}

/** One error for all that a run left out: the only one, or an AggregateError that quotes the first and counts the others. */
export function leftOut(failures: readonly unknown[]): unknown {
  const [first] = failures;
  if (failures.length === 1) return first;
  return new AggregateError(failures, `${textOf(first)} (and ${failures.length - 1} more; the next run takes them up)`);
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
