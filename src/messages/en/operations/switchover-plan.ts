import type { SwitchoverSteps } from "../../../operations/switchover/plan.ts";
import type { Words } from "../../form.ts";

/** What a switchover is about to do. */
export const SWITCHOVER_STEPS: Words<SwitchoverSteps> = {
  "switch-over": ({ deployment: { name, id }, pairs }, as) => {
    const words = pairs.map(({ blue, green }) => `${as.code(blue)} to ${as.code(green)}`).join(", ");
    return `Switch blue/green deployment ${as.code(name)} (${as.text(id, 60)}) over, at most once: ${words}.`;
  },
  "refuse-writes": ({ timeoutSeconds }) =>
    `RDS refuses writes while it does, and has ${timeoutSeconds} s: what takes longer is rolled back, and nothing has changed then.`,
  "exchange-names": () => "Green takes blue's names; blue is called -old1 from then on, stays, and keeps costing.",
};
