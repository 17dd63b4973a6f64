import type { NotFounds } from "../../deployments/find-deployment.ts";
import type { Form, Words } from "../form.ts";

type Typed = NotFounds["none"];

/** Why what was typed means no deployment: a sentence, and a line for each that it may mean. */
export const NOT_FOUND: Words<NotFounds> = {
  none: ({ typed, deployments }, as) => {
    const there = deployments.length === 0 ? "RDS lists no blue/green deployment here." : listed("RDS lists:", deployments, as);
    return `There is no blue/green deployment with the name or id "${as.text(typed)}". ${there}`;
  },
  "several-called": ({ typed, deployments }, as) =>
    listed(`Several deployments are called "${as.text(typed)}". Say which by its id:`, deployments, as),
  "several-begin": ({ typed, deployments }, as) =>
    listed(`Several deployments begin with "${as.text(typed)}". Say which:`, deployments, as),
  "whole-name-needed": ({ typed, deployments }, as) => {
    const which = deployments.length === 1 ? "One deployment begins" : "Several deployments begin";
    return listed(`${which} with "${as.text(typed)}". What changes something takes the whole name or the id:`, deployments, as);
  },
};

const listed = (words: string, all: Typed["deployments"], as: Form): string =>
  [words, ...all.map(({ id, name }) => `  ${as.text(name)} (${as.text(id)})`)].join("\n");
