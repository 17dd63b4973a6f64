import { onTestFinished } from "vitest";
import type { FunctionName } from "../../../infra/bundle-folder.ts";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";
import { type LambdaService, openLambdaService } from "../../support/lambda-service.ts";
import { type Invocations, invoke, settingsOf } from "./function.ts";

/** A lab, and Lambda's own API with the executions of durable functions. */
export interface LambdaLab {
  lab: TestLab;
  lambda: LambdaService;
}

/** Opens both; they end with the test. */
export async function openLambdaLab(): Promise<LambdaLab> {
  const lab = await openWireLab();
  const lambda = await openLambdaService();
  onTestFinished(async () => {
    await lambda.close();
    await lab.close();
  });
  return { lab, lambda };
}

/** Lambda invokes the function with these events, one after the other. */
export function invokeIn({ lab, lambda }: LambdaLab, name: FunctionName, events: readonly unknown[]): Promise<Invocations> {
  return invoke(name, events, lab, { ...settingsOf(lab), AWS_ENDPOINT_URL_LAMBDA: lambda.url });
}

/** Lambda invokes the function for these executions, one after the other; meanwhile no time passes in the lab. */
export function runIn(at: LambdaLab, name: FunctionName, arns: readonly string[]): Promise<Invocations> {
  return at.lab.clock.work(() => invokeIn(at, name, arns.map(at.lambda.eventOf)));
}

/** The calls with which RDS was asked to change something and did. */
export const changesIn = (lab: TestLab) =>
  lab.rds.calls.filter(({ action, outcome }) => !/^(Describe|Create)/.test(action) && outcome === "accepted");
