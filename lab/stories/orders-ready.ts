import { auroraPostgresql, toPostgresql16 } from "./databases.ts";
import { built, create, pass, type Team } from "./team.ts";

/**
 * Where stories of switchovers start: Aurora PostgreSQL, cluster orders with a reader, its deployment ready for a quarter of an hour;
 * returns its id.
 */
export async function ordersReady(team: Team): Promise<string> {
  team.rds.addCluster(auroraPostgresql("orders", 2));
  team.say("The story begins: Aurora PostgreSQL, cluster orders with a reader, about to be upgraded.");
  const id = await create(team, toPostgresql16("orders"));
  await built(team, id);
  await pass(team, 15);
  return id;
}
