import { DynamoDBServiceException } from "@aws-sdk/client-dynamodb";
import { expect, it, onTestFinished } from "vitest";
import { recordsInMemory } from "../../../local/records-memory.ts";
import type { Records } from "../../../src/clients/records.ts";
import { addCluster, create, MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab, told } from "../../support/lab/stage.ts";

// Source: Amazon DynamoDB API reference, PutItem, "Errors".
const tooLarge = new DynamoDBServiceException({
  name: "ValidationException",
  message: "Item size has exceeded the maximum allowed size",
  $fault: "client",
  $metadata: { httpStatusCode: 400 },
});
const WARNING = "The guard cannot save what it knows of orders-15: from now on it may say nothing about it";

/** A lab whose table refuses the records of one deployment once `begins` was called. */
async function refusing(lose: boolean): Promise<{ lab: TestLab; begins(id: string): void }> {
  let refused: string | undefined;
  const records = recordsInMemory();
  const write: Records["write"] = async (item, open) => {
    if (item.key === refused) throw tooLarge;
    return records.write(item, open);
  };
  const lab = await openTestLab({ records: { ...records, write }, lose: () => lose });
  onTestFinished(() => lab.close());
  for (const cluster of ["orders", "payments"]) addCluster(lab, cluster);
  return {
    lab,
    begins: (id) => {
      refused = `deployment#${id}`;
    },
  };
}

it.each([
  ["an event", false],
  ["a look", true],
])(
  "that a deployment's record cannot be kept is said in the channel and the log where %s has news of it, and nobody else is held up",
  async (_what, lose) => {
    const { lab, begins } = await refusing(lose);
    const warnings = () => told(lab).filter((line) => line === WARNING).length;
    await lab.clock.work(async () => {
      begins(await create(lab, "orders"));
      await create(lab, "payments");
      for (let hour = 1; hour <= 2; hour += 1) {
        for (let minutes = 0; minutes < 55; minutes += 5) {
          await lab.sweep().catch(() => undefined);
          await pass(lab, 5 * MINUTE);
        }
        expect(warnings()).toBe(hour);
        await pass(lab, 6 * MINUTE);
      }
    });
    expect(told(lab).some((line) => line.startsWith("payments-15"))).toBe(true);
    expect(lab.logged.some(({ message }) => message.includes("ValidationException: Item size has exceeded"))).toBe(true);
  },
);
