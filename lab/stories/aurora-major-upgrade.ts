import recording from "../../local/recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };
import type { Stage, Story } from "./story.ts";
import { built, create, deleteWithGreen, pass, runOnBlue, switchOver, type Team } from "./team.ts";

const DAY = "2024-02-05";
const START = Date.parse(`${DAY}T04:29Z`);
const BLUE = "db-cluster";
const PARAMETER_GROUPS = {
  TargetDBClusterParameterGroupName: "aurorastack-auroradbclusterparametergroup150c75b72f-olcenkiixqad",
  TargetDBParameterGroupName: "aurorastack-auroradbparametergroup158895769d-slpjow9ruia7",
};

/**
 * The upgrade of one Aurora PostgreSQL cluster from 14.10 to 15.5 as an article recorded it on 2024-02-05, shifted to begin now.
 *
 * The article did not record the deletion and the steps of the second creation: those are the lab's own.
 */
export const auroraMajorUpgrade = {
  name: "aurora-major-upgrade",
  line: "a real upgrade of 2024: ready, ruined by an ALTER TABLE, deleted, created again, switched over",
  async play(team: Team) {
    const { say } = team;
    const { at, first } = await playUntilRuined(team);
    await pass(team, 3);
    await deleteWithGreen(team, first);
    await at("08:25");
    const second = await createRecorded(team, 1, 85);
    await at("11:41");
    // On a busy machine the lab's clock runs ahead, and it was created later.
    await built(team, second);
    await switchOver(team, second);
    await at("11:45");
    say("The story ends.");
  },
} satisfies Story;

/**
 * The upgrade as it was recorded up to the ALTER TABLE; returns the ruined deployment's id, and a function that waits for an hour of that
 * day.
 */
export async function playUntilRuined(team: Team): Promise<{ first: string; at(time: string): Promise<void> }> {
  const { clock, rds, say } = team;
  const begin = clock.now();
  const at = (time: string) => clock.until(begin + Date.parse(`${DAY}T${time}Z`) - START);
  addBlue(team);
  say(`The story begins: Aurora PostgreSQL ${recording.deployments[0]?.sourceVersion}, cluster ${BLUE}, about to be upgraded.`);
  for (const event of recording.events.filter((it) => it.time < `${DAY}T05:00Z`)) {
    await at(event.time.slice(11, 16));
    rds.record({ ...event, sourceType: event.sourceType as "CLUSTER", origin: "recorded" });
  }
  await at("06:10");
  const first = await createRecorded(team, 0, 30);
  await at("08:07");
  runOnBlue(team, BLUE, "ALTER TABLE");
  return { first, at };
}

/** Creates the article's blue cluster, as it was before the upgrade. */
export function addBlue({ rds }: Pick<Stage, "rds">): void {
  rds.addCluster({
    identifier: BLUE,
    engine: "aurora-postgresql",
    engineVersion: recording.deployments[0]?.sourceVersion ?? "14.10",
    parameterGroup: "aurorastack-auroradbclusterparametergroup14",
    instances: [{ identifier: "db-instance-writer", class: "db.t4g.medium", parameterGroup: "aurorastack-auroradbparametergroup14" }],
  });
}

// The article names the suffix of the first green instance only; that of the second is the lab's.
const INSTANCE_SUFFIXES = ["8n9hio", "q3w5zt"];

/** Creates the deployment that the article recorded as number `index`; it is ready `minutes` later. */
export function createRecorded(team: Team, index: number, minutes: number): Promise<string> {
  const recorded = recording.deployments[index];
  if (!recorded) throw new Error(`The recording has no deployment number ${index}.`);
  const suffixes = { [BLUE]: recorded.target.slice(-6), "db-instance-writer": INSTANCE_SUFFIXES[index] ?? "" };
  return create(
    team,
    { name: recorded.name, source: `cluster:${BLUE}`, TargetEngineVersion: recorded.targetVersion, ...PARAMETER_GROUPS },
    // Not the recorded id: RDS gives none twice, and who has seen the story before may remember it.
    { minutes, ids: { suffixes } },
  );
}
