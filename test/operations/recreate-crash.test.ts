import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { RecreatePorts } from "../../src/operations/recreate-ports.ts";
import { openTestLab, type TestLab } from "../lab/stage.ts";
import { accepted, confirm, type Engine, openRecreateEngine, portsOf, REQUEST, ruined } from "./recreating.ts";

// A recreation takes hours of the lab and hundreds of looks over the wire.
vi.setConfig({ testTimeout: 120_000 });

let lab: TestLab;
let folder: string;
beforeEach(async () => {
  lab = await openTestLab();
  folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-recreate-"));
});
afterEach(async () => {
  await lab.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

type Change = "deleteWithGreen" | "create";

/** The same ports, but the process ends before or after one change: nothing that it does from then on counts. */
function dyingAt(change: Change, when: "before" | "after", ports: RecreatePorts, die: () => void): RecreatePorts {
  const call = ports.rds[change] as (argument: unknown) => Promise<unknown>;
  const dying = async (argument: unknown) => {
    if (when === "after") await call(argument);
    die();
    throw new Error("The process has ended.");
  };
  return { ...ports, rds: { ...ports.rds, [change]: dying } };
}

it.each([
  ["deleteWithGreen", "before"],
  ["deleteWithGreen", "after"],
  ["create", "before"],
  ["create", "after"],
] as const)(
  "a recreation whose process dies at %s, %s the call, is ended by the next one with one deletion and one creation",
  async (change, when) => {
    const ports = portsOf(lab);
    await confirm(await ruined(lab), ports);
    let first: Engine | undefined;
    let begun = () => {};
    const next = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const died = new Promise<"died">((resolve) => {
      const die = () => {
        // Time stands still until the next process has begun.
        void lab.clock.work(() => next);
        void first?.close();
        resolve("died");
      };
      void openRecreateEngine(lab, dyingAt(change, when, ports, die), { folder }).then((engine) => {
        first = engine;
        void engine.run();
      });
    });
    expect(await died).toBe("died");
    await first?.close();
    const second = await openRecreateEngine(lab, ports, { folder });
    expect(await second.run(begun)).toMatchObject({ outcome: "done" });
    await second.close();
    expect([accepted(lab, "DeleteBlueGreenDeployment"), accepted(lab, "CreateBlueGreenDeployment")]).toEqual([1, 2]);
    expect((await ports.rds.deployments()).map(({ name }) => name)).toEqual([`orders-15-${REQUEST.slice(0, 8)}`]);
  },
);
