import type { OperationName } from "./index.ts";
import type { Permission } from "./permission.ts";
import { RECREATE_PERMISSIONS } from "./recreate/permissions.ts";
import { SWITCHOVER_PERMISSIONS } from "./switchover/permissions.ts";

/** What the function of each operation may do; apart from the list, since no function needs it at run time. */
export const PERMISSIONS: Readonly<Record<OperationName, readonly Permission[]>> = {
  recreate: RECREATE_PERMISSIONS,
  switchover: SWITCHOVER_PERMISSIONS,
};
