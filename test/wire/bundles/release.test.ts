import { it } from "vitest";
import { openLambdaLab } from "./durable.ts";
import { expectLetGo } from "./releasing.ts";

it("the bundle of the release function lets go of the database whose execution has failed, and tells of it once", async () =>
  expectLetGo(await openLambdaLab(), "FAILED"));
