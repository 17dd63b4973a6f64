import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createRecorder } from "../../../../../local/cli/doctor/record/recorder.ts";
import type { Exchange } from "../../../../../local/recording.ts";
import { openDoctorLab } from "../../../../support/local/doctor-lab.ts";

// A doctor asks some forty questions, and the stack is synthesized first.

const PAGE = readFileSync(new URL("../../../../../docs/permissions.md", import.meta.url), "utf8");

/** IAM's names for what Lambda and Scheduler know by a path. */
const PATHS: readonly (readonly [RegExp, string])[] = [
  [/account-settings/, "lambda:GetAccountSettings"],
  [/\/configuration/, "lambda:GetFunctionConfiguration"],
  [/\/concurrency/, "lambda:GetFunctionConcurrency"],
  [/\/versions/, "lambda:ListVersionsByFunction"],
  [/\/aliases\//, "lambda:GetAlias"],
  [/\/policy/, "lambda:GetPolicy"],
  [/event-source-mappings/, "lambda:ListEventSourceMappings"],
  [/\/invocations/, "lambda:InvokeFunction"],
  [/durable-executions\/.+\/stop/, "lambda:StopDurableExecution"],
  [/durable-executions/, "lambda:GetDurableExecution"],
  [/\/schedules\//, "scheduler:GetSchedule"],
];

function actionOf({ service, operation }: Exchange): string {
  if (operation.includes("/")) return PATHS.find(([path]) => path.test(operation))?.[1] ?? operation;
  return `${service === "monitoring" ? "cloudwatch" : service}:${operation}`;
}

/** Asked without the SDK, which the recorder does not hear. */
const UNHEARD = ["secretsmanager:GetSecretValue", "logs:DescribeLogGroups"];

it("doctor asks what the page of permissions lists, and nothing else", async () => {
  const lab = await openDoctorLab();
  const instances = [{ identifier: "orders-1", class: "db.t4g.medium", parameterGroup: "blue-instance-14" }];
  lab.rds.addCluster({ identifier: "orders", engine: "aurora-postgresql", engineVersion: "14.10", parameterGroup: "blue-14", instances });
  await lab.create("orders");
  const recorder = createRecorder();
  const credentials = { accessKeyId: "lab", secretAccessKey: "lab" };
  await lab.doctor({
    allowed: { post: false, stop: true },
    sdk: { endpoint: lab.url, region: "ap-northeast-1", credentials, equip: recorder.equip },
  });
  const section = PAGE.split(/^## /m).find((it) => it.startsWith("Doctor\n")) ?? "";
  const listed = [...section.matchAll(/^\| `([\w:]+)` \|/gm)].map(([, action]) => action);
  expect([...new Set([...recorder.exchanges.map(actionOf), ...UNHEARD])].sort()).toEqual([...listed].sort());
});
