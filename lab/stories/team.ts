import {
  CreateBlueGreenDeploymentCommand,
  type CreateBlueGreenDeploymentRequest,
  DeleteBlueGreenDeploymentCommand,
  DescribeBlueGreenDeploymentsCommand,
  SwitchoverBlueGreenDeploymentCommand,
} from "@aws-sdk/client-rds";
import type { NextCreation } from "../rds/rds.ts";
import type { Stage } from "./story.ts";

/** What a team needs to run an upgrade. */
export type Team = Pick<Stage, "clock" | "aws" | "rds" | "say">;

/** What a team asks for when it creates a deployment. */
export interface Wanted extends Omit<CreateBlueGreenDeploymentRequest, "BlueGreenDeploymentName" | "Source"> {
  name: string;
  TargetEngineVersion: string;
  /** `cluster:orders` or `db:catalog`. */
  source: `${"cluster" | "db"}:${string}`;
}

const MINUTE = 60_000;

/** Lets this many minutes of lab time pass. */
export function pass({ clock }: Pick<Stage, "clock">, minutes: number): Promise<void> {
  return clock.until(clock.now() + minutes * MINUTE);
}

/** The team creates a deployment; returns its id immediately. `plan` says how long it takes and which ids it gets. */
export async function create({ aws, rds, say }: Team, { name, source, ...more }: Wanted, plan?: NextCreation): Promise<string> {
  say(`The team creates blue/green deployment ${name}, to upgrade ${source.split(":")[1]} to ${more.TargetEngineVersion}.`);
  rds.nextCreation = plan;
  const Source = `arn:aws:rds:ap-northeast-1:123456789012:${source}`;
  const answer = await aws.send(new CreateBlueGreenDeploymentCommand({ BlueGreenDeploymentName: name, Source, ...more }));
  return answer.BlueGreenDeployment?.BlueGreenDeploymentIdentifier ?? "";
}

/** Waits until the deployment is no longer being built, whether it is ready or has failed. */
export function built(team: Team, id: string): Promise<void> {
  return whileStatus(team, id, "PROVISIONING");
}

/** Waits until a deployment that is being deleted is gone. */
export function deleted(team: Team, id: string): Promise<void> {
  return whileStatus(team, id, "DELETING");
}

/** The team switches over; resolves when that has ended, completed or cancelled. */
export async function switchOver(team: Team, id: string): Promise<void> {
  team.say(`The team switches deployment ${await nameOf(team, id)} over.`);
  await team.aws.send(new SwitchoverBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, SwitchoverTimeout: 300 }));
  await whileStatus(team, id, "SWITCHOVER_IN_PROGRESS");
}

/** The team deletes a deployment together with green; resolves when it is gone. */
export async function deleteWithGreen(team: Team, id: string): Promise<void> {
  team.say(`The team deletes deployment ${await nameOf(team, id)} together with green.`);
  await team.aws.send(new DeleteBlueGreenDeploymentCommand({ BlueGreenDeploymentIdentifier: id, DeleteTarget: true }));
  await deleted(team, id);
}

/** Somebody runs a statement on a blue database. */
export function runOnBlue({ rds, say }: Team, database: string, statement: string): void {
  say(`Somebody runs ${statement} on blue ${database}. (No database runs here: the lab sends the events that RDS would send.)`);
  const harmed = rds.runDdl(database, statement);
  if (harmed.length === 0) say("RDS sends none: green takes the change along.");
}

/** Somebody runs a statement on a blue database, and RDS finds it only at the switchover. */
export function runUnseenOnBlue({ rds, say }: Team, database: string, statement: string): void {
  say(`Somebody runs ${statement} on blue ${database}, and RDS does not notice.`);
  rds.runDdl(database, statement, "unseen");
}

/** Somebody runs a statement on a blue database, and RDS's events about it are lost. */
export function runUntoldOnBlue({ rds, say }: Team, database: string, statement: string): void {
  say(`Somebody runs ${statement} on blue ${database}, and RDS's events about it are lost: only its API shows what it did.`);
  rds.runDdl(database, statement, "shown");
}

/** The team creates a deployment, and somebody ruins it soon after it is ready; returns its id. */
export async function createRuined(team: Team, wanted: Wanted): Promise<string> {
  const id = await create(team, wanted);
  await built(team, id);
  await pass(team, 15);
  runOnBlue(team, wanted.source.split(":")[1] ?? "", "ALTER TABLE");
  return id;
}

async function whileStatus(team: Team, id: string, status: string): Promise<void> {
  while ((await deployment(team, id))?.Status === status) await pass(team, 1);
}

async function nameOf(team: Team, id: string): Promise<string> {
  return (await deployment(team, id))?.BlueGreenDeploymentName ?? id;
}

/** Listed rather than asked for by id, so that a deleted one is no error. */
async function deployment({ aws }: Team, id: string) {
  const { BlueGreenDeployments = [] } = await aws.send(new DescribeBlueGreenDeploymentsCommand({}));
  return BlueGreenDeployments.find((it) => it.BlueGreenDeploymentIdentifier === id);
}
