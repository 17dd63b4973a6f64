import type { Leaves } from "../../../standing/under-way.ts";
import type { Form } from "../../form.ts";
import { stopsWords } from "../operations/stopping.ts";

/** What a terminal says that stops an operation, of its own folder or of another process. */
export const STOPPING = {
  stops: (leaves: Leaves, isWoken: boolean): string => `It ${stopsWords(leaves, isWoken)}`,
  worksIn: (pid: number | undefined, folder: string, as: Form): string =>
    `${pid === undefined ? "Another process" : `Process ${pid}`} works in ${as.code(folder, 600)}.`,
  told: (leaves: Leaves): string => `It was told, and ${stopsWords(leaves, false)} Its own terminal says how it ends.`,
  notTold: (pid: number | undefined, seconds: number): string =>
    `It did not react within ${seconds} s, so it was not stopped. It may be asking its own user, or hang: ` +
    `end ${pid === undefined ? "that process" : `process ${pid}`}, and run this again.`,
  hasChanged: "Things have changed since this was shown. Nothing was done: look at it again.",
};
