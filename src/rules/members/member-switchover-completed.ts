import { readPair, readText } from "../read-text.ts";
import { MEMBERS_TOO, type Rule } from "../rule.ts";
import { switchoverCompleted } from "../switchover-completed.ts";

// Older versions of AWS's table end in "Renamed databases." without names.
const RENAMED = /Renamed (?<blue>\S+) to (?<oldBlue>\S+) and (?<green>\S+) to \S+$/i;

export const memberSwitchoverCompleted: Rule = {
  id: "member-switchover-completed",
  severity: "good",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0251", "RDS-EVENT-0260"],
  prefixes: ["Switchover from "],
  text: /^Switchover from .+ to .+ completed\b/i,
  foldsInto: switchoverCompleted,
  read: (event) => ({ ...readPair(event), ...readText(event, RENAMED) }),
};
