import { readText } from "./read-text.ts";
import { MEMBERS_TOO, type Rule } from "./rule.ts";

const TEXT = /^Binary log coordinates\b.*?(?:file (?<file>\S+) and position (?<position>\d+))?\.?$/is;

/** For MySQL and MariaDB. RDS sends this event without an id, under the name that green had before the switchover. */
export const binaryLogCoordinates: Rule = {
  id: "binary-log-coordinates",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: [],
  prefixes: ["Binary log coordinates"],
  text: TEXT,
  apartBy: "database",
  read(event) {
    const { file, position } = readText(event, TEXT);
    return file && position ? { binaryLog: { file, position } } : {};
  },
};
