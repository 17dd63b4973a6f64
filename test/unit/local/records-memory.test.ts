import { deliveriesIn } from "../../../local/deliveries-in-records.ts";
import { recordsInMemory } from "../../../local/records-memory.ts";
import { describeDeliveries } from "../../support/deliveries-contract.ts";
import { describeRecords } from "../../support/records-contract.ts";

describeRecords("in memory", async () => recordsInMemory());
describeDeliveries("in memory", async () => deliveriesIn(recordsInMemory(), () => 0));
