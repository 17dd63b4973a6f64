import type { Coded } from "../../deployments/coded.ts";
import type { Obstacle } from "../../standing/obstacles.ts";

/** What moves while an operation waits: if it stays the same, it is stuck. */
export type Shown = Coded<Showing>;

/** The same, by code. */
export interface Showing {
  /** How far a creation is; `statuses` are those of members and databases that are not available. */
  building: { status: string; done: number; of: number; now?: string; statuses: readonly string[] };
  "waiting-for-green": { obstacles: readonly Obstacle[] };
  "switching-over": { status: string; switched: number; of: number };
  gone: object;
}
