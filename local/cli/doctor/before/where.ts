import { type DoctorCheck, pass, unanswered } from "../check.ts";

/** Where the doctor looks: STS has said it before the first check. */
export const where: DoctorCheck = {
  id: "where",
  asked: "which account and Region AWS's own environment leads to, and whether a guard is deployed there",
  of: "account",
  async ask({ account, region, partition, stack, stackName, unseen }) {
    if (unseen) return unanswered(unseen);
    const deployed = stack
      ? `The guard is deployed there, as the stack ${stackName}.`
      : `No guard is deployed there as the stack ${stackName}.`;
    return pass(`account ${account}, ${region}, partition ${partition}`, `Everything below is about this place. ${deployed}`);
  },
};
