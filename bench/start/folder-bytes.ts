import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/** The bytes of all files of a folder together. */
export function folderBytes(folder: string): number {
  return readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}
