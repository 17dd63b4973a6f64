import { it } from "vitest";
import { durable } from "./durable.ts";
import { expectLetGo } from "./releasing.ts";

const at = durable("release");

it("the bundle of the release function lets go of the database whose execution has failed, and tells of it once", () =>
  expectLetGo(at, "FAILED"));
