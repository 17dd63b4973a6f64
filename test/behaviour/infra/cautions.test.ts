import { Annotations, Match } from "aws-cdk-lib/assertions";
import { expect, it } from "vitest";
import type { BlueGreenGuardProps } from "../../../infra/props.ts";
import { PROPS, synth } from "../../support/infra/synth.ts";

const warnings = (props: Partial<BlueGreenGuardProps>): string[] =>
  Annotations.fromStack(synth({ ...PROPS, ...props }).stack)
    .findWarning("*", Match.stringLikeRegexp("^(greenNames|approvals)"))
    .map(({ entry }) => String(entry.data));

it("synth says where greenNames lets the guard delete what is no green, and which names do", () => {
  expect(warnings({ greenNames: ["prod*", "orders-green-*"] })).toEqual([
    expect.stringMatching(
      /^greenNames takes the place of \*-green-\*\. With prod\* IAM no longer keeps the recreate function from deleting/,
    ),
  ]);
  expect(warnings({ greenNames: ["orders-green-*"] })).toEqual([]);
});

it("synth says where nobody could approve what the only operator asks for", () => {
  const one = ["U0123456789", "W0123456789"];
  for (const operators of [...one.map((it) => [it]), ...one.map((it) => [it, it])])
    expect([operators, warnings({ approvals: 1, operators })]).toEqual([
      operators,
      [expect.stringMatching(/^approvals is 1, .+ Name another\./)],
    ]);
  // A group has several members, as far as anybody knows.
  for (const operators of [["S0123456789"], ["U0123456789", "U9876543210"], ["S0123456789", "S0123456789"]])
    expect(warnings({ approvals: 1, operators })).toEqual([]);
});
