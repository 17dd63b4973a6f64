import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** A program of this folder at work in a process of its own. */
export interface Started {
  send(message: object): void;
  /** The next message that it sends. @throws Error if it ends first. */
  next(): Promise<unknown>;
  /** Resolves once it is gone and no longer uses a core. */
  end(): Promise<void>;
}

/**
 * Starts a program of this folder, on the core `cpu` if given; its channel tells it when this process ends. With an environment of its own it
 * inherits none, and what it prints is not seen, unless it is an error.
 */
export function startProcess(
  program: string,
  args: readonly string[],
  cpu: number | undefined,
  environment?: Record<string, string>,
): Started {
  const node = [process.execPath, fileURLToPath(new URL(program, import.meta.url)), ...args];
  const [command = "", ...rest] = cpu === undefined ? node : ["taskset", "-c", String(cpu), ...node];
  const child = spawn(command, rest, {
    stdio: ["ignore", environment ? "ignore" : "inherit", "inherit", "ipc"],
    serialization: "advanced",
    env: environment && { PATH: process.env["PATH"], ...environment },
  });
  const exit = once(child, "exit");
  const ended = exit.then(([code]) => {
    throw new Error(`bench/${program} ended with exit code ${code} before it had answered: see what it said above.`);
  });
  ended.catch(() => {});
  return {
    send: (message) => void child.send(message),
    async next() {
      const [message] = (await Promise.race([once(child, "message"), ended])) as [unknown];
      return message;
    },
    async end() {
      child.disconnect();
      await exit;
    },
  };
}
