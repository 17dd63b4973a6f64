import { afterEach, beforeEach } from "vitest";
import type { FunctionName } from "../../../infra/bundle-folder.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { type LambdaService, openLambdaService } from "../../support/lambda-service.ts";
import { type Invocations, invoke, settingsOf } from "./function.ts";

/** A lab with Lambda's durable executions, opened anew for each test of a file, and the function that is tested. */
export interface Durable {
  readonly lab: TestLab;
  readonly lambda: LambdaService;
  /** Invokes the function with these events, one after the other. */
  invoke(...events: unknown[]): Promise<Invocations>;
  /** Lambda invokes the function for these executions, one after the other; meanwhile no time passes in the lab. */
  run(...arns: string[]): Promise<Invocations>;
}

export function durable(name: FunctionName): Durable {
  let lab: TestLab;
  let lambda: LambdaService;
  beforeEach(async () => {
    lab = await openTestLab();
    lambda = await openLambdaService();
  });
  afterEach(async () => {
    await lambda.close();
    await lab.close();
  });
  const all = (events: unknown[]) => invoke(name, events, lab, { ...settingsOf(lab), AWS_ENDPOINT_URL_LAMBDA: lambda.url });
  return {
    get lab() {
      return lab;
    },
    get lambda() {
      return lambda;
    },
    invoke: (...events) => all(events),
    run: (...arns) => lab.clock.work(() => all(arns.map(lambda.eventOf))),
  };
}
