import { type DoctorCheck, pass } from "../check.ts";

/** Where the doctor looks: STS has said it before the first check. */
export const where: DoctorCheck = {
  id: "where",
  asked: "which account and Region AWS's own environment leads to",
  of: "account",
  async ask({ account, region, partition, stack, stackName }) {
    const deployed = stack
      ? `The guard is deployed there, as the stack ${stackName}.`
      : `No guard is deployed there as the stack ${stackName}.`;
    return pass(`account ${account}, ${region}, partition ${partition}`, `Everything below is about this place. ${deployed}`);
  },
};
