import {
  CreateBlueGreenDeploymentCommand,
  DeleteBlueGreenDeploymentCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import type { PageOptions } from "../options.ts";
import type { Action } from "./action.ts";

const LONGEST_WAIT_MS = 10_000;

/** What the team does over the RDS API. */
export function awsActions({ aws }: Pick<PageOptions, "aws">): Record<string, Action> {
  const patience = () => ({ abortSignal: AbortSignal.timeout(LONGEST_WAIT_MS) });
  return {
    create: {
      told: true,
      async run(input) {
        const command = new CreateBlueGreenDeploymentCommand({
          BlueGreenDeploymentName: input.text("name"),
          Source: input.text("source"),
          TargetEngineVersion: input.optionalText("version"),
          TargetDBClusterParameterGroupName: input.optionalText("clusterParameterGroup"),
          TargetDBParameterGroupName: input.optionalText("parameterGroup"),
        });
        const { BlueGreenDeployment: created } = await aws.send(command, patience());
        return `A visitor creates the deployment ${created?.BlueGreenDeploymentName} (${created?.BlueGreenDeploymentIdentifier}).`;
      },
    },
    delete: {
      told: true,
      async run(input) {
        const id = input.text("deployment");
        const withGreen = input.flag("withGreen");
        // DeleteTarget is left out rather than false: after a switchover AWS refuses the field itself.
        const target = withGreen ? { DeleteTarget: true } : {};
        await aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, ...target }), patience());
        return `A visitor deletes the deployment ${id}${withGreen ? " together with green" : ""}.`;
      },
    },
    switchover: {
      told: true,
      async run(input) {
        const id = input.text("deployment");
        const SwitchoverTimeout = input.number("timeoutSeconds", 30, 3_600);
        await aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, SwitchoverTimeout }), patience());
        return `A visitor switches ${id} over.`;
      },
    },
  };
}
