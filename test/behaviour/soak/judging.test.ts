import { describe, expect, it } from "vitest";
import type { OperationRequest } from "../../../src/operations/request.ts";
import { outcomeIsFalse } from "../../soak/outcome-is-false.ts";
import { storyOf } from "../../soak/story.ts";
import { truthOf } from "../../support/simulation/hidden/shape.ts";
import { World } from "../../support/simulation/hidden/world.ts";

const START = Date.parse("2024-02-05T06:00:00Z");

describe("the soak's judge", () => {
  it("takes no end of a switchover for true while RDS has been at it ever since it accepted it", () => {
    let now = START;
    const shape = { kind: "rds", name: "orders", instances: 0, endpoint: false, listed: true, built: true, seen: true } as const;
    const world = new World(() => now, truthOf(shape, START));
    now += 60_000;
    const accepted = [{ call: "switchOver", acceptedAt: now }] as const;
    world.happen({ do: "begin" });
    now += 5_000;
    const [deploymentId] = world.ever.keys();
    const outcome = { result: "failed", said: { code: "switchover-failed", deployment: { id: "bgd-1", name: "orders" } }, at: "" };
    const request = { operation: "switchover", deploymentId, outcome } as unknown as OperationRequest;
    expect(outcomeIsFalse(request, accepted, world, [world])).toMatch(/RDS is at it/);
    world.happen({ do: "end", as: "failed" });
    expect(outcomeIsFalse(request, accepted, world, [world])).toBeUndefined();
  });
});

it("a story is the same each time", () => {
  for (let number = 0; number < 20; number += 1) expect(storyOf(7, number)).toEqual(storyOf(7, number));
});
