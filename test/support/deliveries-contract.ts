import type { Context } from "aws-lambda";
import { describe, expect, it } from "vitest";
import type { Deliveries } from "../../src/clients/deliveries.ts";
import { isInAnotherRun } from "../../src/handlers/in-another-run.ts";

/** What every memory of deliveries does, wherever it is kept; `open` makes an empty one. */
export function describeDeliveries(where: string, open: () => Promise<Deliveries>): void {
  describe(`deliveries ${where}`, () => {
    it("are taken once, and what became of each is known from then on", async () => {
      const deliveries = await open();
      expect(await deliveries.once("a", within(60_000), async () => ({ key: "deployment#1" }))).toEqual({ key: "deployment#1" });
      expect(await deliveries.once("a", within(60_000), never)).toEqual({ key: "deployment#1" });
      expect(await deliveries.once("b", within(60_000), async () => ({ key: "deployment#2" }))).toEqual({ key: "deployment#2" });
    });

    it("are forgotten where taking them fails", async () => {
      const deliveries = await open();
      await expect(deliveries.once("a", within(60_000), never)).rejects.toThrow("It was taken again.");
      expect(await deliveries.once("a", within(60_000), async () => "taken")).toBe("taken");
    });

    it("are left alone while another run takes them", async () => {
      const deliveries = await open();
      const { promise, resolve } = Promise.withResolvers<string>();
      const begun = Promise.withResolvers<void>();
      const first = deliveries.once("a", within(60_000), () => {
        begun.resolve();
        return promise;
      });
      await begun.promise;
      expect(await deliveries.once("a", within(60_000), never).catch(isInAnotherRun)).toBe(true);
      resolve("taken");
      expect(await first).toBe("taken");
      expect(await deliveries.once("a", within(60_000), never)).toBe("taken");
    });

    it("are taken from a run that is over its time", async () => {
      const deliveries = await open();
      const begun = Promise.withResolvers<void>();
      void deliveries.once("a", within(-1), () => {
        begun.resolve();
        return new Promise<never>(() => undefined);
      });
      await begun.promise;
      expect(await deliveries.once("a", within(60_000), async () => "taken")).toBe("taken");
    });
  });
}

/** The context of a run that has so many milliseconds left. */
const within = (left: number) => ({ getRemainingTimeInMillis: () => left }) as Context;

async function never(): Promise<never> {
  throw new Error("It was taken again.");
}
