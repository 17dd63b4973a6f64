import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { REHEARSAL } from "../../../local/cli/doctor/rehearse.ts";
import { SERVICES } from "./commands.ts";
import { type Printed, printedIn } from "./words.ts";

const REHEARSED = "local/cli/doctor/rehearse.ts";

/** The files whose lines for the AWS CLI people see: the pages and what a program prints. */
export const printing = String(execFileSync("git", ["ls-files", "-co", "--exclude-standard"]))
  .split("\n")
  .filter((file) => /^[A-Z]+\.md$|^(docs|\.github)\/.*\.(md|yml)$|^(src|local|infra|lab)\/.*\.ts$/.test(file));

/** The commands that they print, those of `doctor --rehearse` last. */
export const printed: (Printed & { where: string; command: string })[] = [
  ...printing.filter((file) => file !== REHEARSED).flatMap((file) => printedIn(file, readFileSync(file, "utf8"), SERVICES)),
  ...printedIn("doctor --rehearse", REHEARSAL, SERVICES),
].map((it) => ({ ...it, where: `${it.file}:${it.line}`, command: it.words.map(({ text }) => text).join(" ") }));
