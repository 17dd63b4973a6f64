import { createHash, randomBytes } from "node:crypto";
import { readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { type Beside, besideAt, bind, type FolderHolder, type OwnSocket } from "./lock-socket.ts";

export type { FolderHolder };

/** Thrown if another process is using the folder; the message says which. */
export class FolderInUseError extends Error {
  override readonly name = "FolderInUseError";
  /** Absent if that process does not answer. */
  readonly holder?: FolderHolder;

  constructor(message: string, holder?: FolderHolder) {
    super(message);
    this.holder = holder;
  }
}

/** A lock on a folder that ends with the process, however the process ends. */
export interface FolderLock {
  release(): Promise<void>;
}

const TRIES = 100;
const AGAIN_MS = 20;

/**
 * Locks an existing folder for this process.
 *
 * A socket cannot outlive the process that listens on it, unlike a file with a process id, which the system may reuse. Each process listens
 * on a socket of its own before it looks for others, and has the lock only if it sees none: of two, the one that looks later sees the other.
 * So a dead process's socket can be removed without taking a living one's name away.
 *
 * @throws FolderInUseError if another process holds the lock.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const place = placeOf(await realpath(folder));
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const own = await bind(place.own);
    if (own) {
      const others = await othersBeside(place, own.path);
      if (others.length === 0 && (await isThere(own.path))) {
        own.hold();
        return { release: () => own.close() };
      }
      await own.close();
      refuse(folder, others);
    } else refuse(folder, await othersBeside(place));
    // Others began at this moment and do not have it either: whoever comes back alone does.
    await setTimeout(AGAIN_MS * (1 + Math.random() * Math.min(attempt + 1, 10)));
  }
  throw new FolderInUseError(`${folder} is in use by another process that began at the same moment: try again.`);
}

/** True if a process is using an existing folder, whether or not it answers. */
export async function isFolderInUse(folder: string): Promise<boolean> {
  return (await othersBeside(placeOf(await realpath(folder)))).some(holds);
}

function refuse(folder: string, others: readonly Beside[]): void {
  const held = others.find(holds);
  if (!held) return;
  const { holder } = held;
  const who = holder ? `process ${holder.pid} since ${holder.since}` : "a process that does not answer";
  throw new FolderInUseError(`${folder} is in use by ${who}: end it, or choose another folder.`, holder);
}

/** Where the sockets of a folder's processes are. */
interface Place {
  folder: string;
  /** What the names of all of them begin with. */
  prefix: string;
  own: string;
}

// A socket's path is limited to 104 to 108 bytes. Source: unix(7), sun_path; macOS, unix(4).
const LONGEST_SOCKET = 100;

function placeOf(folder: string): Place {
  const hash = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  // A pipe's name is taken by one process alone, and ends with it. Source: Windows, CreateNamedPipe, FILE_FLAG_FIRST_PIPE_INSTANCE.
  if (process.platform === "win32") return { folder: "", prefix: "", own: `\\\\.\\pipe\\bluegreen-guard-${hash}` };
  const name = `${randomBytes(4).toString("hex")}.sock`;
  const inside = { folder, prefix: ".in-use", own: join(folder, `.in-use-${name}`) };
  if (Buffer.byteLength(inside.own) <= LONGEST_SOCKET) return inside;
  const prefix = `bluegreen-guard-${hash}`;
  return { folder: tmpdir(), prefix, own: join(tmpdir(), `${prefix}-${name}`) };
}

/** The other processes at the folder that live; the sockets of dead ones are removed if this process has one of its own. */
async function othersBeside({ folder, prefix, own }: Place, self?: OwnSocket["path"]): Promise<Beside[]> {
  if (process.platform === "win32") return self === undefined ? [await besideAt(own)].filter(isThereStill) : [];
  const names = (await readdir(folder)).filter((name) => name.startsWith(prefix) && name.endsWith(".sock"));
  const paths = names.map((name) => join(folder, name)).filter((path) => path !== self);
  const found = await Promise.all(paths.map(besideAt));
  if (self !== undefined) await Promise.all(found.filter((it) => !isThereStill(it)).map(({ path }) => rm(path, { force: true })));
  return found.filter(isThereStill);
}

const isThereStill = ({ state }: Beside): boolean => state !== "dead";

/** True unless it is only about to find out, or to leave. */
const holds = ({ state, holder }: Beside): boolean => state === "alive" && holder?.holds !== false;

const isThere = (path: string): Promise<boolean> => {
  if (process.platform === "win32") return Promise.resolve(true);
  return stat(path).then(
    () => true,
    () => false,
  );
};
