import * as words from "../../../src/messages/language.ts";
import { cancel, planFor, resume } from "../../operator.ts";
import { InputError } from "../input.ts";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

/** What people ask of the guard: to recreate, to resume, to stop. */
export function operationActions(options: Pick<PageOptions, "url" | "records" | "clock">): Record<string, Action> {
  return {
    recreate: {
      told: true,
      async run(input) {
        const { plan, confirm } = await planFor(options, input.text("deployment")).catch(refused);
        await confirm();
        return `A visitor confirms the plan: ${plan.deployment.name} is to be deleted with green and created again as ${plan.newName}.`;
      },
    },
    "resume-operation": {
      told: true,
      async run(input) {
        const { deploymentName } = await resume(options, input.text("request")).catch(refused);
        return `A visitor has the recreation of ${deploymentName} go on from the saved spec.`;
      },
    },
    "cancel-operation": {
      told: true,
      async run(input) {
        const { operation, deploymentName } = await cancel(options, input.text("request")).catch(refused);
        return `A visitor has the ${words.OPERATION_WORDS[operation].noun} of ${deploymentName} stop before its next change.`;
      },
    },
  };
}

/** AWS's errors are passed on as such; the guard's own reasons are for the visitor. */
function refused(error: Error): never {
  throw "$metadata" in error ? error : new InputError(error.message);
}
