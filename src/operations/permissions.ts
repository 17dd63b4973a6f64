import type { OperationName } from "./index.ts";
import type { Permission } from "./permission.ts";
import { RECREATE_PERMISSIONS } from "./recreate/permissions.ts";
import { SWITCHOVER_PERMISSIONS } from "./switchover/permissions.ts";

/** What each operation's function may do; kept apart from the list of operations, since no function needs it at run time. */
export const PERMISSIONS: Readonly<Record<OperationName, readonly Permission[]>> = {
  recreate: RECREATE_PERMISSIONS,
  switchover: SWITCHOVER_PERMISSIONS,
};
