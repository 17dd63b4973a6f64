import { isGreenName, rdsName } from "../deployments/arn.ts";
import type { DeploymentView, Member } from "../deployments/deployment.ts";

/** What RDS appends to the name of old blue at a switchover. */
export const OLD = /-old\d+$/;

/** The instances of blue's and green's clusters that SwitchoverDetails does not list, by pair; `source` and `target` are the clusters' names. */
export function unlistedPairs({ deployment, databases }: DeploymentView, source: string | undefined, target: string | undefined): Member[] {
  const listed = new Set(deployment.members.flatMap((member) => [member.source, member.target]));
  const of = (cluster: string | undefined) =>
    databases.filter((it) => cluster !== undefined && it.cluster === cluster && !listed.has(it.arn));
  const greens = of(target);
  return of(source).map((blue): Member => {
    const { identifier } = blue;
    const isPair = (green: string) =>
      (isGreenName(green) && green.slice(0, -13) === identifier) ||
      (OLD.test(identifier) && green === identifier.replace(OLD, "")) ||
      // Somebody has exchanged the names by hand.
      (isGreenName(identifier) && green === identifier.slice(0, -13));
    return { source: blue.arn, target: greens.find((it) => isPair(it.identifier))?.arn };
  });
}

/** True for a name that RDS gives old blue at a switchover: `-old` and a number. */
export const isOldName = (arn: string | undefined): boolean => arn !== undefined && OLD.test(rdsName(arn).name);
