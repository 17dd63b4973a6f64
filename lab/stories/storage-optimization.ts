import { InvalidBlueGreenDeploymentStateFault } from "@aws-sdk/client-rds";
import { rdsInstance } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, switchOver, type Team } from "./team.ts";

/**
 * All tasks are completed, but green still works on its storage, and RDS refuses to switch over.
 *
 * Source: hashicorp/terraform-provider-aws#47493.
 */
export const storageOptimization: Story = {
  name: "storage-optimization",
  line: "all tasks are completed, but RDS refuses to switch over while green optimises its storage",
  async play(stage) {
    const { rds, say } = stage;
    rds.addInstance(rdsInstance("catalog", "mysql", "8.0.39"));
    say("The story begins: RDS for MySQL, instance catalog, about to get more storage and a new version.");
    const id = await create(
      stage,
      {
        name: "catalog-8-4",
        source: "db:catalog",
        TargetEngineVersion: "8.4.3",
        TargetDBParameterGroupName: "mysql8-4",
        TargetAllocatedStorage: 400,
      },
      { ids: { suffixes: { catalog: "a1b2c3" } } },
    );
    await built(stage, id);
    say("RDS has completed all tasks, and goes on optimising green's storage.");
    rds.optimizeStorage("catalog-green-a1b2c3", 45);
    await pass(stage, 15);
    await refused(stage, id);
    await pass(stage, 35);
    await switchOver(stage, id);
    await pass(stage, 10);
    say("The story ends: switched over once green's storage was optimised.");
  },
};

async function refused(team: Team, id: string): Promise<void> {
  try {
    await switchOver(team, id);
  } catch (error) {
    if (!(error instanceof InvalidBlueGreenDeploymentStateFault)) throw error;
    team.say(`RDS refuses: ${error.message}.`);
  }
}
