import { recordsInMemory } from "../../../local/records-memory.ts";
import { describeRecords } from "../../support/records-contract.ts";

describeRecords("in memory", async () => recordsInMemory());
