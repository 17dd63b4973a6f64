import { createHash } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The process that is using a folder. */
export interface FolderHolder {
  pid: number;
  /** ISO 8601. */
  since: string;
}

/** Thrown if another process is using the folder; the message says which. */
export class FolderInUseError extends Error {
  override readonly name = "FolderInUseError";
  /** Absent if that process started at the same time. */
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

/**
 * Locks an existing folder for this process.
 *
 * A socket cannot outlive the process that listens on it, unlike a file with a process id, which the system may reuse.
 *
 * @throws FolderInUseError if another process holds the lock.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = socketPath(await realpath(folder));
  const self = JSON.stringify({ pid: process.pid, since: new Date().toISOString() });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const server = await listen(path, self);
    if (server) return { release: () => new Promise((resolve) => server.close(() => resolve())) };
    const holder = await holderOf(path);
    if (holder) {
      const { pid, since } = holder;
      throw new FolderInUseError(`${folder} is in use by process ${pid} since ${since}: end it, or choose another folder.`, holder);
    }
    // Its process is gone, but on Unix the file stays behind.
    await rm(path, { force: true });
  }
  throw new FolderInUseError(`${folder} is in use by another process that began at the same moment: try again.`);
}

/** Returns the process that is using an existing folder; undefined if none is. */
export async function folderHolder(folder: string): Promise<FolderHolder | undefined> {
  return holderOf(socketPath(await realpath(folder)));
}

// A socket's path is limited to 104 to 108 bytes. Source: unix(7), sun_path; macOS, unix(4).
const LONGEST_SOCKET = 100;

function socketPath(folder: string): string {
  const name = `bluegreen-guard-${createHash("sha256").update(folder).digest("hex").slice(0, 16)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${name}`;
  const own = join(folder, ".in-use.sock");
  return own.length <= LONGEST_SOCKET ? own : join(tmpdir(), `${name}.sock`);
}

function listen(path: string, self: string): Promise<Server | undefined> {
  const server = createServer((socket) => void socket.end(self));
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(path, () => {
      server.unref();
      resolve(server);
    });
  });
}

/** What the listening process says about itself; undefined if none is listening. */
function holderOf(path: string): Promise<FolderHolder | undefined> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(path);
    socket.on("data", (data) => {
      text += String(data);
    });
    socket.on("error", () => resolve(undefined));
    socket.on("end", () => resolve(text === "" ? undefined : (JSON.parse(text) as FolderHolder)));
  });
}
