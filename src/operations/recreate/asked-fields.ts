import { terminalCommand } from "../../plans/command-lines.ts";
import { ASKED_FIELD_NAMES, ASKED_FIELDS, askedOptions, missingWords } from "../../plans/spec/asked-fields.ts";
import type { AskedFields, Missing } from "../../plans/spec/settled.ts";
import { FinalError } from "../final-error.ts";
import type { OperationRequest } from "../request.ts";

/** Thrown if a person has to give fields first; the message says each, why, and the command that gives them. */
export class MissingFieldsError extends FinalError {
  readonly missing: readonly Missing[];
  /** Why each is missing, a sentence each. */
  readonly sentences: readonly string[];
  /** The options to add to `recreate NAME`. */
  readonly options: string;
  /** The whole command. */
  readonly command: string;

  constructor(deploymentName: string, missing: readonly Missing[], asked: AskedFields) {
    const sentences = missingWords(missing);
    const options = askedOptions(asked, missing);
    const command = `${terminalCommand("recreate", deploymentName)} ${options}`;
    super(`${sentences.join(" ")} Give what is missing at a terminal: ${command}`);
    this.missing = missing;
    this.sentences = sentences;
    this.options = options;
    this.command = command;
  }
}

/** Why a recreation that has begun is not the one that a person asks for now; undefined if it is. */
export function whyNotAsAsked({ asked = {}, intent }: OperationRequest, now: AskedFields = {}): string | undefined {
  const begun: AskedFields = intent ? { ...intent.spec, targetDBParameterGroupName: intent.spec.targetDBParameterGroupNames[0] } : asked;
  const others = ASKED_FIELD_NAMES.filter((name) => now[name] !== undefined && now[name] !== begun[name]);
  if (others.length === 0) return undefined;
  const words = others.map((name) => `${ASKED_FIELDS[name].words} ${begun[name] ?? "as green has it"}`).join(", ");
  const options = others.map((name) => `--${ASKED_FIELDS[name].option}`).join(" and ");
  return `It was begun with ${words}, which cannot be changed any more. To go on with it as it is, leave out ${options}.`;
}
