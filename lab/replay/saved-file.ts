import { isUtf8 } from "node:buffer";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { BrokenFileError } from "./broken-file-error.ts";

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder, not a file",
  EACCES: "this file may not be read",
};

/**
 * The text of a saved file, in UTF-8 or in the UTF-16 that PowerShell writes.
 *
 * @throws BrokenFileError for a file that cannot be read, or is no text.
 */
export async function savedText(file: string): Promise<string> {
  const bytes = await readFile(found(file)).catch((error: NodeJS.ErrnoException) => {
    throw new BrokenFileError(file, "", `${REASONS[error.code ?? ""] ?? error.message}.`);
  });
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  const text = new TextDecoder().decode(bytes);
  if (isUtf8(bytes)) return text;
  const line = text.slice(0, text.indexOf("\ufffd")).split("\n").length;
  throw new BrokenFileError(file, `line ${line}`, "not text in UTF-8. Save the file as UTF-8.");
}

/** npm runs scripts in the project's folder: a path may have been meant from where npm was called. */
function found(file: string): string {
  const called = process.env["INIT_CWD"];
  return !existsSync(file) && called && existsSync(resolve(called, file)) ? resolve(called, file) : file;
}
