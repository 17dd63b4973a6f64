import { connect, createServer } from "node:net";

/** The process that is using a folder. */
export interface FolderHolder {
  pid: number;
  /** ISO 8601. */
  since: string;
  /** False while it is about to find out whether it may. */
  holds?: boolean;
}

/** This process's socket. */
export interface OwnSocket {
  path: string;
  /** From now on it says that this process has the folder. */
  hold(): void;
  /** Ends it, and removes its name. */
  close(): Promise<void>;
}

/**
 * Another process's socket: dead if nobody listens on it, ending if it was closed before it had answered, and without a holder if that one
 * does not answer.
 */
export interface Beside {
  path: string;
  state: "alive" | "ending" | "dead";
  holder?: FolderHolder;
}

/** Listens at the path; undefined if somebody else does. @throws Node's error if there is no listening there */
export function bind(path: string): Promise<OwnSocket | undefined> {
  const self: FolderHolder = { pid: process.pid, since: new Date().toISOString(), holds: false };
  const server = createServer((socket) => {
    // Whoever asks may be gone before the answer.
    socket.on("error", () => undefined);
    socket.end(JSON.stringify(self));
  });
  const own: OwnSocket = {
    path,
    hold() {
      self.holds = true;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => (error.code === "EADDRINUSE" ? resolve(undefined) : reject(error)));
    server.listen(path, () => {
      server.unref();
      resolve(own);
    });
  });
}

// A process that is stopped accepts and says nothing.
const ANSWERS_WITHIN_MS = 1_000;
const NOBODY = new Set(["ECONNREFUSED", "ENOENT", "ENOTSOCK"]);

/** Asks who listens at a path. */
export function besideAt(path: string): Promise<Beside> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(path);
    const answered = (state: Beside["state"]) => {
      socket.destroy();
      resolve({ path, state, holder: state === "alive" ? holderIn(text) : undefined });
    };
    socket.setTimeout(ANSWERS_WITHIN_MS, () => answered("alive"));
    socket.on("data", (data) => {
      text += String(data);
    });
    // Any other error, such as EACCES, is not of a dead one.
    socket.on("error", ({ code = "" }: NodeJS.ErrnoException) =>
      answered(NOBODY.has(code) ? "dead" : code === "ECONNRESET" ? "ending" : "alive"),
    );
    socket.on("end", () => answered(text === "" ? "ending" : "alive"));
  });
}

function holderIn(text: string): FolderHolder | undefined {
  try {
    const { pid, since, holds } = JSON.parse(text) as Partial<FolderHolder>;
    return pid === undefined || since === undefined ? undefined : { pid, since, holds };
  } catch {
    return undefined;
  }
}
