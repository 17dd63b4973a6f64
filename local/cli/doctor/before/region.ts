import { DescribeTypeCommand } from "@aws-sdk/client-cloudformation";
import { lackingIn } from "../../../../src/settings/regions.ts";
import { type DoctorCheck, fail, pass } from "../check.ts";
import type { Visit } from "../visit.ts";

/** What CloudFormation says of a type in this Region: its schema, or undefined if there is no such type. */
async function schemaOf(TypeName: string, { cloudformation }: Visit): Promise<string | undefined> {
  try {
    return (await cloudformation.send(new DescribeTypeCommand({ Type: "RESOURCE", TypeName }))).Schema ?? "";
  } catch (error) {
    if (error instanceof Error && /^(TypeNotFoundException|CFNRegistryException)$/.test(error.name)) return undefined;
    throw error;
  }
}

/** The sweep needs EventBridge Scheduler. */
export const scheduler: DoctorCheck = {
  id: "scheduler",
  asked: "whether CloudFormation has AWS::Scheduler::Schedule in this Region",
  of: "account",
  async ask(visit) {
    if ((await schemaOf("AWS::Scheduler::Schedule", visit)) !== undefined) return pass("it has", "The sweep can be scheduled.");
    return fail("it has not", "There is no guard without its sweep.", "Use another guard here: npx bluegreen-guard watch, on a machine.");
  },
};

/** Commands from Slack need a function URL. */
export const functionUrl: DoctorCheck = {
  id: "function-url",
  asked: "whether CloudFormation has AWS::Lambda::Url in this Region",
  of: "account",
  async ask(visit) {
    if ((await schemaOf("AWS::Lambda::Url", visit)) !== undefined) return pass("it has", "Slack can send commands to the guard.");
    const means = "Lambda has no function URLs here: Slack cannot send commands.";
    if (visit.given.commands === false) return pass("it has not", `${means} The settings leave commands out.`);
    return fail("it has not", `${means} A deploy fails.`, 'State "commands": false; commands are then given at a terminal.');
  },
};

/** Operations need durable functions. */
export const durableFunctions: DoctorCheck = {
  id: "durable-functions",
  asked: "whether AWS::Lambda::Function has the property DurableConfig in this Region",
  of: "account",
  async ask(visit) {
    const schema = await schemaOf("AWS::Lambda::Function", visit);
    if (schema?.includes('"DurableConfig"')) return pass("it has", "The guard can recreate and switch over.");
    const means = "Lambda has no durable functions here: the guard cannot recreate or switch over.";
    if (visit.given.operations === false) return pass("it has not", `${means} The settings leave operations out.`);
    return fail("it has not", `${means} A deploy fails.`, 'State "operations": false; a terminal can then do both.');
  },
};

/** Traces need X-Ray, of which AWS answers nothing by Region: the guard's own list says it. */
export const tracing: DoctorCheck = {
  id: "tracing",
  asked: "whether Lambda has X-Ray in this Region, by the guard's list of Regions",
  of: "account",
  async ask({ region, given }) {
    const warning = lackingIn(region, given).warnings.find(({ setting }) => setting === "tracing");
    if (!warning)
      return given.tracing === false
        ? pass("not needed", "The settings leave traces out.")
        : pass("it has", "The functions can be traced, as the settings state.");
    return fail(warning.says, "A deploy fails.", 'State "tracing": false; the guard is the same without traces.');
  },
};
