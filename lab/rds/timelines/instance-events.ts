import { announce, type ControlPlane } from "../control-plane.ts";
import { beginTask } from "../progress.ts";
import { type Deployment, primaryOf } from "../state.ts";
import { type Stations, says } from "./creation.ts";
import type { Step } from "./timeline.ts";

const STORAGE_TYPES = ["gp2", "gp3", "io1", "io2"];

/** The events of an RDS instance's engine upgrade, RDS-EVENT-0264 to 0269; the times are the lab's. Source: RDS User Guide, USER_Events.Messages. */
export function instanceUpgrade(control: ControlPlane, deployment: Deployment, at: Stations): Step[] {
  const primary = primaryOf(deployment);
  const say = (after: number, message: string) => says(control, after, primary, () => message);
  return [
    say(at.upgrading + 2_113, "The pre-check started for the DB engine version upgrade."),
    say(at.upgrading + 4_309, "The pre-check finished for the DB engine version upgrade."),
    say(at.upgrading + 5_171, "The downtime started for the DB instance."),
    say(at.upgrading + 6_277, "The engine version upgrade started."),
    say(at.upgraded + 8_641, "The engine version upgrade finished."),
    say(at.upgraded + 9_907, "The post-upgrade tasks are in progress."),
  ];
}

/**
 * Green reads all blocks of its restored volumes, from when its engine is upgraded to a while before the deployment is ready; the times
 * are the lab's.
 *
 * Source: RDS User Guide, blue-green-deployments-creating, "Lazy loading and storage initialization": gp2, gp3, io1, io2; no t3 and t4.
 */
export function storageInitialization(control: ControlPlane, deployment: Deployment, at: Stations): Step[] {
  const { source } = primaryOf(deployment);
  const applies = source.kind === "db" && STORAGE_TYPES.includes(source.storage?.type ?? "") && !/^db\.t[34]/.test(source.class);
  if (!applies) return [];
  const become = (status: string, message: string) => () => {
    const { target } = primaryOf(deployment);
    if (target) target.status = status;
    announce(control, deployment, message);
  };
  const end = at.remaining + (at.ready - at.remaining) / 2;
  return [
    { after: at.upgraded + 31_013, run: become("storage-initialization", "Your storage volumes are being initialized.") },
    { after: end + 13_147, run: become("available", "Your storage volumes have been initialized.") },
  ];
}

/** The task that comes before the read replicas', where there are any. */
export function backupsBeforeReplicas(deployment: Deployment, at: Stations): Step[] {
  return [{ after: at.upgraded + 19_301, run: () => beginTask(deployment, "CONFIGURE_BACKUPS") }];
}
