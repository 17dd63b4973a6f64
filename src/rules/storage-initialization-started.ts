import { MEMBERS_TOO, nothing, type Rule } from "./rule.ts";

export const storageInitializationStarted: Rule = {
  id: "storage-initialization-started",
  severity: "info",
  sources: MEMBERS_TOO,
  eventIds: ["RDS-EVENT-0405"],
  prefixes: ["Your storage volumes "],
  text: /^Your storage volumes are being initiali[sz]ed\b/i,
  read: nothing,
};
