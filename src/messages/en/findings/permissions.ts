import type { Denied } from "../../../plans/preflight/findings.ts";
import type { Form } from "../../form.ts";

const PASS_ROLE = "iam:PassRole";

/** What may not be done, and on what. */
export const denials = (denied: readonly Denied[], as: Form): string =>
  denied.map(({ action, resource }) => `${as.text(action, 80)} on ${as.text(resource, 300)}`).join(", ");

/** Whose permissions they are: `role` as AWS names it, or the guard's own role; `the` as the sentence needs it. */
export const roleWords = (role: string | undefined, as: Form, the = "the"): string =>
  role === undefined ? `${the} guard's role` : as.text(role, 200);

/** How to allow it: of roles for Enhanced Monitoring a deployed guard passes those that its settings list. */
export function grantOf(denied: readonly Denied[], as: Form): string {
  const roles = denied.filter(({ action }) => action === PASS_ROLE).map(({ resource }) => as.text(resource, 300));
  const others = denied.length > roles.length ? ["Add it to the role's policies."] : [];
  const listed = `Add ${roles.join(", ")} to the guard's setting ${as.code("monitoringRoleArns")}, and deploy it; at a terminal without a deployed guard, allow it in your role's policies.`;
  return [...(roles.length > 0 ? [listed] : []), ...others].join(" ");
}
