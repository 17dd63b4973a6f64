import { readText } from "./read-text.ts";
import type { Rule } from "./rule.ts";

const TEXT = /^Creation of blue\/green deployment failed(?: (?:because|due to)(?: of)?:? (?<reason>.+))?/is;

export const creationFailed: Rule = {
  id: "creation-failed",
  severity: "critical",
  sources: ["blue-green-deployment"],
  eventIds: ["RDS-EVENT-0245"],
  prefixes: ["Creation of blue/green deployment failed"],
  text: TEXT,
  once: true,
  announce: true,
  read: (event) => readText(event, TEXT),
};
