import { bootstrap, bus, concurrency } from "./before/room.ts";
import { secret } from "./before/secret.ts";
import { where } from "./before/where.ts";
import type { DoctorCheck } from "./check.ts";

/** Everything that `doctor` asks, in the order in which people should read it. */
export const CHECKS: readonly DoctorCheck[] = [where, concurrency, bus, bootstrap, secret];
