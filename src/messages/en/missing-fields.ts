import { ASKED_FIELDS } from "../../plans/spec/asked-fields.ts";
import type { AskedFields, CreationFailure, Missing, MissingReasons, WhyMissing } from "../../plans/spec/settled.ts";
import { type Form, say, type Words } from "../form.ts";

/** The fields that a person can ask for, for the middle of a sentence. */
export const FIELD_WORDS: Record<keyof AskedFields, string> = {
  targetEngineVersion: "engine version",
  targetDBClusterParameterGroupName: "cluster parameter group",
  targetDBParameterGroupName: "instance parameter group",
};

const WHY: Words<MissingReasons> = {
  "no-green": ({ failure }, as) =>
    failure
      ? `${failed(failure, as)}, green does not exist, and the guard wrote nothing down.`
      : "Green does not exist, and the guard wrote nothing down while it did.",
  "not-shown": () => "Green does not show it, and the guard wrote nothing down.",
  "not-built": () => "Green is not built to the end, so it may still show blue's, and the guard wrote nothing down.",
  "creation-failed": ({ failure }, as) => `${failed(failure, as)}, so green may still show blue's, and the guard wrote nothing down.`,
};

const failed = (failure: CreationFailure, as: Form): string =>
  "task" in failure ? `The creation failed at ${as.text(failure.task, 80)}` : `The creation ended with ${as.text(failure.status, 60)}`;

/** Why the guard does not know a field, as a sentence. */
export const whyMissing = (why: WhyMissing, as: Form): string => say(WHY, why, as);

/** Why each field is missing, a sentence each, with the option that gives it. */
export const missingFields = (missing: readonly Missing[], as: Form): string[] =>
  missing.map(({ field, why }) => `The ${FIELD_WORDS[field]} (--${ASKED_FIELDS[field].option}) is not known: ${whyMissing(why, as)}`);
