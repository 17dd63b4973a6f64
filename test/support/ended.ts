import type { ChildProcess } from "node:child_process";

/** How a program ended, and all that it wrote. */
export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

/** Waits until a program has ended and everybody has closed the outputs that it was given. */
export function ended(child: ChildProcess): Promise<Ended> {
  let out = "";
  let err = "";
  child.stdout?.on("data", (data) => {
    out += data;
  });
  child.stderr?.on("data", (data) => {
    err += data;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ code, out, err })));
}
