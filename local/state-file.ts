import { readFile } from "node:fs/promises";

/** The form in which this version writes files of a state folder; a file without one is of the first. */
export const FORM = 1;

/** Thrown if a state folder or a file in it cannot be used; the message is one sentence with its path, and what to do. */
export class StateError extends Error {
  override readonly name = "StateError";
}

const CHOOSE = "choose another folder with --state";
const PERMISSIONS = `may not be used by who runs this: correct its permissions, or ${CHOOSE}`;
const FULL = "is on a full disk: make room, and run the same command again, which goes on where it was";

/** What to do, by Node's code of the error. Source: errno(3). */
const FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: FULL,
  EDQUOT: FULL,
  EACCES: PERMISSIONS,
  EPERM: PERMISSIONS,
  ENOENT: "is not there any more: put it back, and run the same command again, which goes on where it was",
  EROFS: `is on a disk that takes no writing: ${CHOOSE}`,
  ENOTDIR: `is no folder, or is in none: ${CHOOSE}`,
  EEXIST: `is no folder: ${CHOOSE}`,
  ELOOP: `is a link that leads nowhere: ${CHOOSE}`,
  ENAMETOOLONG: `has too long a name: ${CHOOSE}`,
};

/** Makes a StateError of what Node throws about `path`; any other error stays as it is. */
export const stateFault =
  (path: string) =>
  (error: NodeJS.ErrnoException): never => {
    if (error.code === undefined || error.syscall === undefined) throw error;
    const known = Object.hasOwn(FAULTS, error.code) && !(error.code === "ENOENT" && error.syscall === "mkdir");
    const fault = known ? FAULTS[error.code] : `cannot be used (${error.message}): ${CHOOSE}`;
    throw new StateError(`${path} ${fault}.`, { cause: error });
  };

/**
 * Reads a file that this guard or an earlier one has written whole; `isWhole` knows it by its fields.
 *
 * @throws StateError if it is truncated, somebody else's, or of a newer version: to leave it out would lose an operation under way.
 */
export async function readState<T>(path: string, isWhole: (value: object) => boolean): Promise<T> {
  const text = await readFile(path, "utf8").catch(stateFault(path));
  const { form = 1, ...value } = objectIn(text) ?? {};
  if (typeof form === "number" && form > FORM) {
    throw new StateError(`${path} was written by a newer version of the guard, which alone can go on with it: run that one.`);
  }
  if (form !== FORM || !isWhole(value)) {
    throw new StateError(
      `${path} is not whole, or not the guard's: put it back from a backup, or move it out of the folder; then what the other files hold goes on.`,
    );
  }
  return value as T;
}

function objectIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
