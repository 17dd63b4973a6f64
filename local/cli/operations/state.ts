import { statSync } from "node:fs";
import { join } from "node:path";
import * as words from "../../../src/messages/language.ts";
import { StateError, stateFault } from "../../state-file.ts";
import type { Place } from "./place.ts";
import { stateOption } from "./usage.ts";

/** Where the state of a place is kept: what is under way in one account, region and endpoint never meets another's. */
export interface State {
  path: string;
  /** The option that a command needs to find it again, if any. */
  option: string;
}

/** Whether a folder is there. @throws StateError if something else is, or if that cannot be seen: what is under way may be in there */
export function isThere(path: string): boolean {
  try {
    if (statSync(path).isDirectory()) return true;
    throw new StateError(words.MISPLACED.noFolder(path));
  } catch (error) {
    const fault = error as NodeJS.ErrnoException;
    return fault.code === "ENOENT" ? false : stateFault(path)(fault);
  }
}

/** Where in the folder `root` the state of a place is kept. @throws StateError if `root` is none, or holds the state of an earlier version, whose place it does not say */
export function stateIn(root: string, { folder }: Pick<Place, "folder">): State {
  const path = join(root, folder);
  if (isThere(root) && ["records", "executions"].some((name) => isThere(join(root, name)))) {
    throw new StateError(words.MISPLACED.earlierState(root, path));
  }
  return { path, option: stateOption(root) };
}
