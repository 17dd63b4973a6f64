import { Annotations, Stack, Token } from "aws-cdk-lib";
import type { Construct } from "constructs";
import type { CompleteProps } from "./check-props.ts";
import { noteRegion } from "./region.ts";

/** Says at synth what the Region lacks, and which props are allowed, and yet seldom meant. @throws PropsError as `noteRegion` does */
export function noteProps(scope: Construct, props: CompleteProps): void {
  noteRegion(scope, Stack.of(scope).region, props);
  noteCautions(scope, props);
}

function noteCautions(scope: Construct, { greenNames, approvals, operators }: CompleteProps): void {
  const warn = (id: string, says: string) => Annotations.of(scope).addWarningV2(`bluegreen-guard:${id}`, says);
  const wide = greenNames.filter((name) => !Token.isUnresolved(name) && !name.includes("-green-"));
  if (wide.length > 0)
    warn(
      "greenNames",
      `greenNames takes the place of *-green-*. With ${wide.join(", ")} IAM no longer keeps the recreate function from deleting a database that is no green.`,
    );
  if (approvals === 1 && isOnePerson(operators))
    warn("approvals", "approvals is 1, and operators names one person, who cannot approve what they ask for: nobody can. Name another.");
}

/** Whether the ids, of which one may stand twice, are one person's: of a group (S…) or a token nobody knows here who is in it. */
function isOnePerson(operators: readonly string[]): boolean {
  const [operator, ...others] = new Set(operators);
  return operator !== undefined && others.length === 0 && !Token.isUnresolved(operator) && !operator.startsWith("S");
}
