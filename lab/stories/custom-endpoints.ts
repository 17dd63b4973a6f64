import { auroraMysql } from "./databases.ts";
import type { Story } from "./story.ts";
import { built, create, pass, switchOver } from "./team.ts";

/**
 * A cluster's custom endpoints are members of its deployment and are switched over with it.
 *
 * Source: AWS CLI reference, describe-blue-green-deployments, the example of an Aurora MySQL cluster.
 */
export const customEndpoints: Story = {
  name: "custom-endpoints",
  line: "Aurora MySQL with custom endpoints, which are members of the deployment and switched over with it",
  async play(stage) {
    const { rds, say } = stage;
    rds.addCluster({
      ...auroraMysql("shop", 3),
      endpoints: [
        { identifier: "shop-reports", members: ["shop-3"] },
        { identifier: "shop-web", type: "ANY", excluded: ["shop-3"] },
      ],
    });
    say("The story begins: Aurora MySQL, cluster shop with two readers and the custom endpoints shop-reports and shop-web.");
    const id = await create(stage, {
      name: "shop-8-0",
      source: "cluster:shop",
      TargetEngineVersion: "8.0.mysql_aurora.3.08.0",
      TargetDBClusterParameterGroupName: "shop-aurora-mysql8-0",
      TargetDBParameterGroupName: "shop-instance-aurora-mysql8-0",
    });
    await built(stage, id);
    await pass(stage, 30);
    await switchOver(stage, id);
    await pass(stage, 10);
    say("The story ends: switched over; shop-reports and shop-web lead to the new version.");
  },
};
