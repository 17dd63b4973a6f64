import { DescribeEventBusCommand } from "@aws-sdk/client-eventbridge";
import { GetAccountSettingsCommand } from "@aws-sdk/client-lambda";
import { GetParameterCommand } from "@aws-sdk/client-ssm";
import { type DoctorCheck, fail, pass, unknown } from "../check.ts";

/** The least that Lambda leaves unreserved. Source: Lambda developer guide, "Configuring reserved concurrency". */
const UNRESERVED = 100;
const FEW = 20;

/** Whether Lambda can run the guard's functions beside the account's own. */
export const concurrency: DoctorCheck = {
  id: "concurrency",
  asked: "how many functions Lambda runs at once in this account and Region",
  of: "account",
  async ask({ lambda, given }) {
    const { AccountLimit = {} } = await lambda.send(new GetAccountSettingsCommand({}));
    const { ConcurrentExecutions: all = 0, UnreservedConcurrentExecutions: free = all } = AccountLimit;
    const came = `${all} at once, ${free} of them not reserved`;
    const { slackConcurrency: reserved } = given;
    if (reserved !== undefined && free - reserved < UNRESERVED) {
      return fail(
        came,
        `slackConcurrency reserves ${reserved}, and Lambda keeps ${UNRESERVED} unreserved: the deploy fails.`,
        "Leave slackConcurrency out, or ask for a higher limit under Service Quotas, Lambda, Concurrent executions.",
      );
    }
    if (all >= FEW) return pass(came, "There is room for the guard's functions.");
    return fail(
      came,
      "A storm of RDS events, or another function of the account, can take all of them: the guard is then late.",
      "Ask for a higher limit under Service Quotas, Lambda, Concurrent executions.",
    );
  },
};

const BUS = "bluegreen-guard";

/** Whether the name of the guard's bus is free, or taken by the guard that is deployed. */
export const bus: DoctorCheck = {
  id: "bus",
  asked: `whether the event bus ${BUS}, of which an account and Region can have one, is there`,
  of: "account",
  async ask({ events, stack, stackName, unseen, endpoint }) {
    const found = await events.send(new DescribeEventBusCommand({ Name: BUS })).catch((error: Error) => {
      if (error.name === "ResourceNotFoundException") return undefined;
      throw error;
    });
    if (found && stack) return pass(`it is there`, `It is that of the stack ${stackName}.`);
    if (found && unseen)
      return unknown("it is there", `Whether it is that of the stack ${stackName} could not be seen.`, "See the first line.");
    if (found) {
      const whose = "it is that of a guard under another stack's name, or somebody made it by hand";
      const lab = endpoint === undefined ? "" : `, or ${endpoint} is a lab, whose own guard has a bus and no stack`;
      return fail(
        "it is there",
        `It belongs to no stack ${stackName}: ${whose}${lab}. ${stackName} cannot be deployed beside it.`,
        `Name the guard's stack with --stack, or take the bus away first.${endpoint === undefined ? "" : " A lab that is started with --no-guard has none."}`,
      );
    }
    if (!stack) return pass("there is none", "Its name is free: a guard can be deployed.");
    return fail("there is none", "The deployed guard's facts and requests go nowhere.", "Deploy again: npx cdk deploy.");
  },
};

/** Source: AWS CDK developer guide, "Bootstrapping": the parameter that holds the version of the default bootstrap stack. */
const BOOTSTRAP = "/cdk-bootstrap/hnb659fds/version";
/** What stacks without assets other than files need. Source: aws-cdk-lib, DefaultStackSynthesizer. */
const LEAST_VERSION = 6;

/** Whether the CDK can deploy here. */
export const bootstrap: DoctorCheck = {
  id: "bootstrap",
  asked: `which version of the CDK's bootstrap stack the parameter ${BOOTSTRAP} says`,
  of: "account",
  async ask({ ssm, account, region }) {
    const todo = `Run once: npx cdk bootstrap aws://${account}/${region}`;
    const answer = await ssm.send(new GetParameterCommand({ Name: BOOTSTRAP })).catch((error: Error) => {
      if (error.name === "ParameterNotFound") return undefined;
      throw error;
    });
    if (!answer) return fail("there is no such parameter", "The account and Region are not bootstrapped: a deploy fails.", todo);
    const version = answer.Parameter?.Value ?? "";
    if (Number(version) >= LEAST_VERSION) return pass(`version ${version}`, "The CDK can deploy here.");
    return fail(`version "${version}"`, `The CDK needs version ${LEAST_VERSION} or later: a deploy fails.`, todo);
  },
};
