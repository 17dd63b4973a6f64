import type { Deliveries } from "../src/clients/deliveries.ts";
import type { Item, Records } from "../src/clients/records.ts";

interface Delivery extends Item {
  isTaken: boolean;
  /** What taking it returned, once it is taken. */
  result?: unknown;
  /** The time until which the run that takes it keeps others from it, milliseconds since 1970. */
  heldUntil: number;
}

/**
 * Creates a memory of deliveries in records, which never forgets one: stands in for Powertools' memory in DynamoDB in a guard without
 * DynamoDB.
 *
 * @param now milliseconds since 1970, on the clock that counts the context's remaining time
 */
export function deliveriesIn(records: Records, now: () => number): Deliveries {
  return {
    async once<T>(name: string, context: { getRemainingTimeInMillis(): number }, take: () => Promise<T>): Promise<T> {
      const key = `delivery#${name}`;
      const found = (await records.read<Delivery>(key)) ?? { key, version: 0, isTaken: false, heldUntil: 0 };
      if (found.isTaken) return found.result as T;
      const held = { ...found, heldUntil: now() + context.getRemainingTimeInMillis() };
      if (found.heldUntil > now() || !(await records.write(held))) throw new DeliveryUnderWayError(name);
      return taken({ ...held, version: held.version + 1 }, records, take);
    },
  };
}

async function taken<T>(held: Delivery, records: Records, take: () => Promise<T>): Promise<T> {
  let result: T;
  try {
    result = await take();
  } catch (error) {
    await records.write({ ...held, heldUntil: 0 });
    throw error;
  }
  await records.write<Delivery>({ ...held, isTaken: true, result });
  return result;
}

/** Thrown while another run is taking the delivery. Handlers know Powertools' own error by this name. */
class DeliveryUnderWayError extends Error {
  override readonly name = "IdempotencyAlreadyInProgressError";

  constructor(delivery: string) {
    super(`Another run is taking the delivery ${delivery} just now.`);
  }
}
