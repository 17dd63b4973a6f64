import { MEMBERS_TOO, nothing, type Rule } from "./rule.ts";

export const storageInitializationCompleted: Rule = {
  id: "storage-initialization-completed",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0406"],
  prefixes: ["Your storage volumes "],
  text: /^Your storage volumes have been initiali[sz]ed\b/i,
  read: nothing,
};
