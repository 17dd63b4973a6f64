import { describe, expect, it } from "vitest";
import { HAND_ON } from "../../../../../lab/account.ts";
import { SLACK_SECRET, TOKEN } from "../../../../../lab/secrets.ts";
import { CHECKS } from "../../../../../local/cli/doctor/checks.ts";
import type { EventPattern } from "../../../../../local/event-pattern.ts";
import type { Given } from "../../../../../src/settings/given.ts";
import { SETTING_NAMES, type SettingName } from "../../../../../src/settings/given.ts";
import { type DoctorLab, GIVEN, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

// A doctor asks some forty questions each time, and the first stack is synthesized before.

/** What a pattern reads of an event. */
interface Sent {
  detail: { Message: string };
}

interface Row {
  /** What is wrong, as the end of a sentence. */
  where: string;
  id: string;
  /** What makes it so. */
  make(lab: DoctorLab): void | Promise<void>;
  came: string | RegExp;
  todo: string | RegExp;
  given?: Given;
  allowed?: { post?: boolean; stop?: boolean };
}

const DEPLOY = "Deploy again: npx cdk deploy.";
const secretHolds = (text: string) => (lab: DoctorLab) => void lab.secrets.secrets.set(SLACK_SECRET, text);

const BEFORE: readonly Row[] = [
  {
    where: "a setting is missing",
    id: "settings",
    make: () => undefined,
    given: { slackChannel: "C0BLUEGREEN" },
    came: "3 settings missing",
    todo: /bluegreen-guard\.json/,
  },
  { where: "there is no settings file", id: "settings", make: () => undefined, given: {}, came: /neither/, todo: /bluegreen-guard\.json/ },
  {
    where: "there is no Scheduler",
    id: "scheduler",
    make: ({ account }) => void account.missingTypes.add("AWS::Scheduler::Schedule"),
    came: "it has not",
    todo: /watch/,
  },
  {
    where: "there are no function URLs",
    id: "function-url",
    make: ({ account }) => void account.missingTypes.add("AWS::Lambda::Url"),
    came: "it has not",
    todo: /"commands": false/,
  },
  {
    where: "there are no durable functions",
    id: "durable-functions",
    make({ account }) {
      account.hasDurable = false;
    },
    came: "it has not",
    todo: /"operations": false/,
  },
  {
    where: "few functions can run at once",
    id: "concurrency",
    make({ account }) {
      account.concurrency = { all: 10, unreserved: 10 };
    },
    came: "10 at once, 10 of them not reserved",
    todo: /Service Quotas/,
  },
  {
    where: "what slackConcurrency reserves is too much",
    id: "concurrency",
    make({ account }) {
      account.concurrency = { all: 1_000, unreserved: 110 };
    },
    given: { ...GIVEN, slackConcurrency: 20 },
    came: "1000 at once, 110 of them not reserved",
    todo: /Leave slackConcurrency out/,
  },
  {
    where: "another guard has the bus",
    id: "bus",
    make({ bus }) {
      bus.exists = true;
    },
    came: "it is there",
    todo: /--stack/,
  },
  {
    where: "the account is not bootstrapped",
    id: "bootstrap",
    make({ account }) {
      account.bootstrapVersion = undefined;
    },
    came: "there is no such parameter",
    todo: "Run once: npx cdk bootstrap aws://123456789012/ap-northeast-1",
  },
  {
    where: "the bootstrap stack is too old",
    id: "bootstrap",
    make({ account }) {
      account.bootstrapVersion = "5";
    },
    came: 'version "5"',
    todo: /npx cdk bootstrap/,
  },
  {
    where: "there is no secret",
    id: "secret",
    make: ({ secrets }) => void secrets.secrets.clear(),
    came: /^ResourceNotFoundException: /,
    todo: /^Create it/,
  },
  { where: "the secret is no JSON", id: "secret", make: secretHolds("x"), came: "it is no JSON object", todo: /botToken/ },
  { where: "the secret holds no token", id: "secret", make: secretHolds("{}"), came: "it holds no botToken", todo: /botToken/ },
  {
    where: "the secret holds a person's token",
    id: "secret",
    make: secretHolds('{"botToken": "xoxp-1"}'),
    came: "its botToken is no bot token",
    todo: /botToken/,
  },
  {
    where: "the secret holds no signing secret",
    id: "secret",
    make: secretHolds(JSON.stringify({ botToken: TOKEN })),
    came: "it holds no signingSecret",
    todo: /signingSecret/,
  },
  {
    where: "Slack refuses the token",
    id: "slack-bot",
    make: secretHolds('{"botToken": "xoxb-other", "signingSecret": "s"}'),
    came: "Slack refused auth.test: invalid_auth.",
    todo: /Bot User OAuth Token/,
  },
  {
    where: "a scope is missing",
    id: "slack-bot",
    make: ({ slack }) => void slack.scopes.delete("usergroups:read"),
    given: { ...GIVEN, slackSecret: SLACK_SECRET, operators: ["S0DBA"] },
    came: /scopes chat:write, commands$/,
    todo: /OAuth & Permissions/,
  },
  {
    where: "Slack knows no such group of operators",
    id: "slack-groups",
    make: () => undefined,
    given: { ...GIVEN, slackSecret: SLACK_SECRET, operators: ["S0NOBODY"] },
    came: "Slack refused usergroups.users.list: no_such_subteam.",
    todo: /operators/,
  },
  {
    where: "the bot is not in the channel",
    id: "slack-channel",
    make({ slack }) {
      const [channel] = slack.channels;
      if (channel) channel.member = false;
    },
    allowed: { post: true },
    came: "Slack refused chat.postMessage: not_in_channel.",
    todo: /invite/,
  },
];

const AFTER: readonly Row[] = [
  {
    where: "the last deploy was rolled back",
    id: "stack",
    make({ account }) {
      if (account.stack) account.stack.status = "UPDATE_ROLLBACK_COMPLETE";
    },
    came: "UPDATE_ROLLBACK_COMPLETE",
    todo: /stack's events/,
  },
  {
    where: "a setting was changed and not deployed",
    id: "deployed-settings",
    make: () => undefined,
    given: { ...GIVEN, onDegraded: "recreate" },
    came: "onDegraded: stated recreate, deployed ask",
    todo: /npx cdk deploy/,
  },
  {
    where: "a function is not active",
    id: "functions",
    make: ({ account }) => void account.functionStates.set("bluegreen-guard-sweep", "Failed"),
    came: /^sweep is Failed/,
    todo: /Lambda says/,
  },
  {
    where: "an alias leads to an older version",
    id: "aliases",
    make({ account }) {
      account.newerVersion = "2";
    },
    came: "recreate 1 of 2, switchover 1 of 2",
    todo: DEPLOY,
  },
  {
    where: "nobody takes events out of the queue",
    id: "mapping",
    make({ account }) {
      account.isMapped = false;
    },
    came: "Disabled",
    todo: /Enable it/,
  },
  {
    where: "a route is disabled",
    id: "routes",
    make: (lab) => lab.change("AWS::Events::Rule", "GuardRoutescluster", "State", "DISABLED"),
    came: "3 rules, 2 of them enabled",
    todo: DEPLOY,
  },
  {
    where: "a route was changed",
    id: "patterns",
    make: (lab) => lab.change("AWS::Events::Rule", "GuardRoutescluster", "EventPattern", { source: ["aws.rds"] }),
    came: "cluster: not this version's",
    todo: DEPLOY,
  },
  {
    where: "EventBridge takes no text by a wildcard",
    id: "patterns",
    make({ account }) {
      const { matches } = account;
      const without = (pattern: EventPattern) =>
        JSON.parse(JSON.stringify(pattern).replaceAll('"wildcard":"*', '"prefix":"*')) as EventPattern;
      account.matches = (pattern, event) => matches(without(pattern), event);
    },
    came: /^17 of 55 recorded events; not as expected: RDS DB Cluster Event "The replication of green is degraded\."/,
    todo: /Report this/,
  },
  {
    where: "EventBridge takes every event of a cluster",
    id: "patterns",
    make({ account }) {
      const { matches } = account;
      account.matches = (pattern, event) => "detail" in pattern || matches(pattern, event);
    },
    came: /^55 of 55 recorded events; not as expected: .+ and \d+ more$/,
    todo: /Report this/,
  },
  {
    where: "EventBridge takes nothing by an event's id",
    id: "patterns",
    make({ account }) {
      const { matches } = account;
      account.matches = (pattern, event) => matches(pattern, { ...(event as object), detail: { Message: (event as Sent).detail.Message } });
    },
    came: /^17 of 55 recorded events; not as expected: RDS DB Cluster Event RDS-EVENT-0310/,
    todo: /Report this/,
  },
  {
    where: "the rule of an operation is disabled",
    id: "requests",
    make: (lab) => lab.change("AWS::Events::Rule", "GuardOperationsRequestsRule", "State", "DISABLED"),
    came: /^recreate: the rule .+ is DISABLED$/,
    todo: DEPLOY,
  },
  {
    where: "the rule of an operation leads elsewhere",
    id: "requests",
    make: (lab) => lab.change("AWS::Events::Rule", "GuardOperationsSwitchoverRequestsRule", "Targets", []),
    came: "switchover: there is no rule",
    todo: DEPLOY,
  },
  {
    where: "the alias does not let the rule invoke it",
    id: "requests",
    make: (lab) =>
      lab.change(
        "AWS::Lambda::Permission",
        "GuardOperationsRequestsRuleAllow",
        "SourceArn",
        "arn:aws:events:ap-northeast-1:123456789012:rule/other",
      ),
    came: /^recreate: the function does not let the rule/,
    todo: DEPLOY,
  },
  {
    where: "nothing tells of executions that ended",
    id: "ends",
    make: (lab) => lab.change("AWS::Events::Rule", "GuardOperationsEndsRule", "State", "DISABLED"),
    came: /is DISABLED$/,
    todo: DEPLOY,
  },
  {
    where: "the schedule is disabled",
    id: "schedule",
    make: (lab) => lab.change("AWS::Scheduler::Schedule", "GuardSchedule", "State", "DISABLED"),
    came: "rate(5 minutes), DISABLED",
    todo: /Enable the schedule/,
  },
  {
    where: "there is a dead letter",
    id: "queues",
    make: ({ account }) => void account.messages.set("bluegreen-guard-schedule-dead-letters", 2),
    came: "SweepDeadLetters 2",
    todo: /runbook/,
  },
  {
    where: "an alarm is on",
    id: "alarms",
    make: (lab) => lab.change("AWS::CloudWatch::Alarm", "GuardAlarmsWatchErrors", "StateValue", "ALARM"),
    came: /1 on, 1 topics: The watch function ended/,
    todo: /runbook/,
  },
  {
    where: "nobody has confirmed the subscription",
    id: "alarms",
    make({ account }) {
      account.areSubscribed = false;
    },
    came: /1 subscriptions not confirmed$/,
    todo: /mail from SNS/,
  },
  {
    where: "the role may not create",
    id: "rights-to-create",
    make: ({ iam }) => iam.deny(({ action }) => (action === "rds:CreateDBCluster" ? { decision: "implicitDeny" } : undefined)),
    came: /^rds:CreateDBCluster on .+:cluster:orders-green-000000$/,
    todo: /permissions/,
  },
  {
    where: "the role may not delete green",
    id: "rights-to-delete",
    make: ({ iam }) => iam.deny(({ action }) => (action === "rds:DeleteDBCluster" ? { decision: "explicitDeny" } : undefined)),
    came: /^denied: rds:DeleteDBCluster/,
    todo: /permissions/,
  },
  {
    where: "the table has no index",
    id: "table",
    make: (lab) => lab.bareTable(),
    came: "ACTIVE, index missing, deletion protection off",
    todo: /npx cdk deploy/,
  },
  {
    where: "CloudWatch refuses the function",
    id: "sweep",
    make: ({ cloudwatch }) => cloudwatch.refuse("AccessDenied"),
    came: /^1 of \d+ calls: cloudwatch:GetMetricData: Error: GetMetricData was refused: AccessDenied/,
    todo: /docs\/permissions\.md/,
  },
  {
    where: "RDS answers with an error",
    id: "watch",
    make: ({ rds }) => rds.faults.serverError({ action: "DescribeBlueGreenDeployments", times: 5 }),
    came: /^1 of \d+ calls: rds:Describe.+InternalFailure/,
    todo: /docs\/permissions\.md/,
  },
  {
    where: "RDS answers with an error",
    id: "release",
    make: ({ rds }) => rds.faults.serverError({ action: "DescribeBlueGreenDeployments", times: 5 }),
    came: /InternalFailure/,
    todo: /docs\/permissions\.md/,
  },
  {
    where: "Slack refuses the function's token",
    id: "answer",
    make: ({ slack }) => slack.faults.next({ kind: "error", error: "token_revoked" }, { method: "auth.test", times: 2 }),
    came: /Slack's auth\.test: SlackError: .+token_revoked/,
    todo: /docs\/permissions\.md/,
  },
  {
    where: "the bot is not in the channel",
    id: "watch-posts",
    make({ slack }) {
      const [channel] = slack.channels;
      if (channel) channel.member = false;
    },
    allowed: { post: true },
    came: /^SlackError: Slack refused chat\.postMessage: not_in_channel\. /,
    todo: /five minutes/,
  },
  {
    where: "a message of the bot's own cannot be changed",
    id: "watch-posts",
    make: ({ slack }) => slack.faults.next({ kind: "error", error: "cant_update_message" }, { method: "chat.update" }),
    allowed: { post: true },
    came: /^SlackError: Slack refused chat\.update: cant_update_message\. /,
    todo: /five minutes/,
  },
  {
    where: "it may not hand on",
    id: "slack",
    make: ({ account }) => void account.denied.add(HAND_ON),
    came: /^1 of 2 calls: lambda:InvokeFunction.+AccessDenied/,
    todo: /docs\/permissions\.md/,
  },
  {
    where: "RDS answers its steps with an error",
    id: "recreate",
    make: ({ rds }) => rds.faults.serverError({ action: "DescribeEvents", times: 5 }),
    came: /calls: rds:DescribeEvents of three hours: .*InternalFailure/,
    todo: /docs\/permissions\.md/,
  },
  {
    where: "the function is not durable",
    id: "switchover",
    make({ account }) {
      account.hasDurable = false;
    },
    came: "Lambda began no execution",
    todo: DEPLOY,
  },
  {
    where: "the address is another's",
    id: "entrance",
    make: (lab) => lab.output("SlackUrl", `${lab.url}/elsewhere`),
    came: "404 without a signature",
    todo: /slack function's log/,
  },
  {
    where: "the signing secret is another's",
    id: "entrance",
    make: secretHolds('{"botToken": "xoxb-lab", "signingSecret": "other"}'),
    came: /, 401 to what is signed;/,
    todo: /Basic Information/,
  },
  {
    where: "the metric has another dimension",
    id: "metrics",
    make: ({ account }) => void account.metricDimensions.push("Version"),
    came: "FunctionName and Version",
    todo: /Report this/,
  },
];

/** What fails in tests of its own, below or with the command. */
const OTHERS = ["where", "tracing", "describe-events", "stopped-execution"];

it("there is no check of doctor that is not seen to fail here", () => {
  const seen = new Set([...BEFORE, ...AFTER].map(({ id }) => id));
  expect(CHECKS.map(({ id }) => id).filter((id) => !seen.has(id) && !OTHERS.includes(id))).toEqual([]);
});

async function expectFailure({ id, make, came, todo, given, allowed }: Row, lab: DoctorLab): Promise<void> {
  const isBefore = lab.account.stack === undefined;
  await make(lab);
  const stated = given ?? (isBefore ? { ...GIVEN, slackSecret: SLACK_SECRET } : GIVEN);
  const line = (await lab.doctor({ given: stated, allowed: { post: false, stop: false, ...allowed } }, [id])).get(id);
  expect(line).toMatchObject({ id, result: "fail" });
  expect(line?.came).toMatch(came);
  expect(line?.todo).toMatch(todo);
}

describe("doctor, before a deploy, fails", () => {
  it.each(BEFORE)("$id where $where", async (row) => expectFailure(row, await openDoctorLab({ deployed: false })));
});

it("doctor, before a deploy, fails tracing where the Region has no X-Ray for Lambda, and passes where it is left out", async () => {
  const lab = await openDoctorLab({ deployed: false });
  const region = "cn-north-1";
  expect((await lab.doctor({ region }, ["tracing"])).get("tracing")).toMatchObject({
    result: "fail",
    todo: expect.stringMatching(/"tracing": false/),
  });
  expect((await lab.doctor({ region, given: { ...GIVEN, tracing: false } }, ["tracing"])).get("tracing")).toMatchObject({ result: "pass" });
});

/** For each setting another value than the deployed guard has. */
const OTHERWISE: Readonly<Record<SettingName, unknown>> = {
  slackChannel: "C0OTHER0001",
  channels: ["orders-*=C0123456789"],
  slackSecret: "other/slack",
  slackApiUrl: "https://slack-gov.com/api/",
  accountName: "other",
  watch: "tagged",
  stuckAfterHours: 7,
  onDegraded: "notify",
  settleMinutes: 11,
  maxRecreatesPerDay: 3,
  tagMayRaise: true,
  operations: false,
  commands: false,
  operators: ["U0123456789"],
  approvals: 1,
  commandChannels: ["C0123456789"],
  tracing: false,
  slackConcurrency: 5,
  monitoringRoleArns: ["arn:aws:iam::123456789012:role/monitoring"],
  greenNames: ["orders-green-*"],
  alarmTopic: "arn:aws:sns:ap-northeast-1:123456789012:pager",
  alarmEmail: "none",
  logRetention: 30,
};

describe("doctor compares each setting with the deployed guard:", () => {
  it("none is left out", () => expect(Object.keys(OTHERWISE).sort()).toEqual([...SETTING_NAMES].sort()));

  it("each fails where the file states another value, and it alone", async () => {
    const lab = await openDoctorLab();
    const said = async (name: SettingName) => {
      const given = { ...GIVEN, [name]: OTHERWISE[name] } as Given;
      return (await lab.doctor({ given }, ["deployed-settings"])).get("deployed-settings");
    };
    for (const name of SETTING_NAMES) {
      const line = await said(name);
      expect([name, line?.result, line?.came.split(";").map((it) => it.trim().split(":")[0])]).toEqual([name, "fail", [name]]);
    }
  });

  it.each<[string, (lab: DoctorLab) => void, string]>([
    [
      "functions are not traced",
      (lab) => lab.change("AWS::Lambda::Function", "GuardWatchFunction", "TracingConfig", { Mode: "PassThrough" }),
      "tracing: stated true, deployed false",
    ],
    [
      "commands have their own share of the concurrency",
      (lab) => lab.change("AWS::Lambda::Function", "GuardCommandsSlackFunction", "ReservedConcurrentExecutions", 5),
      "slackConcurrency: stated none, deployed 5",
    ],
    [
      "somebody else gets the alarms",
      (lab) => lab.change("AWS::SNS::Subscription", "GuardAlarmsTopic", "Endpoint", "other@example.com"),
      "alarmEmail: stated oncall@example.com, deployed other@example.com",
    ],
    [
      "logs are kept for ever",
      (lab) => lab.change("AWS::Logs::LogGroup", "GuardWatchLogs", "RetentionInDays", undefined),
      "logRetention: stated 90, deployed 9999",
    ],
    [
      "there is another address of Slack",
      (lab) => lab.variable("SLACK_API_URL", "https://slack-gov.com/api/"),
      "slackApiUrl: stated none, deployed https://slack-gov.com/api/",
    ],
  ])("deployed-settings fails where %s", async (_, make, came) => {
    const lab = await openDoctorLab();
    make(lab);
    expect((await lab.doctor({}, ["deployed-settings"])).get("deployed-settings")).toMatchObject({ result: "fail", came });
  });

  it.each([
    ["lambda:GetFunctionConcurrency", "slackConcurrency"],
    ["iam:GetRolePolicy", "monitoringRoleArns, greenNames"],
    ["iam:ListRolePolicies", "monitoringRoleArns, greenNames"],
    ["cloudwatch:DescribeAlarms", "alarmTopic, alarmEmail"],
    ["sns:ListSubscriptionsByTopic", "alarmEmail"],
    ["logs:DescribeLogGroups", "logRetention"],
  ])("without %s it is not known how %s is deployed", async (action, names) => {
    const lab = await openDoctorLab();
    lab.account.denied.add(action);
    expect((await lab.doctor({}, ["deployed-settings"])).get("deployed-settings")).toMatchObject({
      result: "unknown",
      means: `How these are deployed is not known: ${names}. The others are as stated.`,
      todo: expect.stringMatching(/credentials that may ask/),
    });
  });
});

describe("doctor, after a deploy, fails", () => {
  it.each(AFTER)("$id where $where", async (row) => expectFailure(row, await openDoctorLab()));

  it("describe-events where RDS refuses the longest window that the guard asks for", async () => {
    const lab = await openDoctorLab();
    // Asked by a clock that is two minutes behind, it is longer than RDS takes.
    const line = (await lab.doctor({ now: () => lab.clock.now() - 120_000 }, ["describe-events"])).get("describe-events");
    expect(line).toMatchObject({
      result: "fail",
      came: expect.stringContaining("14 days less a minute: refused as InvalidParameterCombination"),
    });
  });

  it("stack where the first deploy has failed, and asks nothing else of the stack", async () => {
    const lab = await openDoctorLab();
    if (lab.account.stack) Object.assign(lab.account.stack, { status: "ROLLBACK_COMPLETE" }).template.Outputs = {};
    const lines = await lab.doctor();
    expect(lines.get("stack")).toMatchObject({ result: "fail", came: "ROLLBACK_COMPLETE" });
    expect([...lines.keys()].at(-1)).toBe("stack");
  });

  it("stopped-execution where Lambda accepts the stop and nothing follows", async () => {
    const lab = await openDoctorLab({ executions: (own) => ({ ...own, stop: async () => undefined }) });
    const line = (await lab.doctor({ allowed: { post: false, stop: true } }, ["stopped-execution"])).get("stopped-execution");
    expect(line).toMatchObject({ result: "fail", came: "nothing within 90 s", todo: expect.stringMatching(/dead letters/) });
  });

  it("release where Lambda knows nothing of an operation's execution", async () => {
    const lab = await openDoctorLab();
    const lines = await lab.doctor(
      { executions: ["arn:aws:lambda:ap-northeast-1:123456789012:function:recreate:1/durable-execution/a/b"] },
      ["release"],
    );
    expect(lines.get("release")).toMatchObject({
      result: "fail",
      came: expect.stringMatching(/^1 of \d+ calls: lambda:GetDurableExecution: Error: Lambda knows no execution/),
    });
  });

  it("rights-to-delete where the role may not name a snapshot", async () => {
    const lab = await openDoctorLab();
    lab.iam.deny(({ resource }) => (resource.includes(":cluster-snapshot:") ? { decision: "implicitDeny" } : undefined));
    const line = (await lab.doctor({}, ["rights-to-delete"])).get("rights-to-delete");
    expect(line).toMatchObject({
      result: "fail",
      came: expect.stringMatching(/^denied: rds:DeleteDBCluster on .+:cluster-snapshot:orders$/),
    });
  });

  it("alarms where one that is made of others is on, and passes where only a part of it is", async () => {
    const lab = await openDoctorLab();
    const { Resources = {} } = lab.account.stack?.template ?? {};
    const [id = ""] = Object.keys(Resources).filter((it) => it.startsWith("GuardAlarmsWatchErrors"));
    lab.change("AWS::CloudWatch::Alarm", "GuardAlarmsWatchErrors", "StateValue", "ALARM");
    const AlarmRule = { "Fn::Join": ["", ['ALARM("', { "Fn::GetAtt": [id, "Arn"] }, '")']] };
    const Properties = { ...Resources[id]?.Properties, AlarmRule, StateValue: "OK" };
    Resources["GuardAlarmsWhole"] = { Type: "AWS::CloudWatch::CompositeAlarm", Properties };
    expect((await lab.doctor({}, ["alarms"])).get("alarms")).toMatchObject({ result: "pass" });
    Properties.StateValue = "ALARM";
    expect((await lab.doctor({}, ["alarms"])).get("alarms")).toMatchObject({ result: "fail", came: expect.stringMatching(/ 1 on, /) });
  });

  it("rights-to-delete where the role may delete production databases", async () => {
    const lab = await openDoctorLab({ mayDeleteBlue: true });
    const line = (await lab.doctor({}, ["rights-to-delete"])).get("rights-to-delete");
    expect(line).toMatchObject({ result: "fail", means: "The role may delete production databases." });
  });
});

/** CloudFormation has a fault of its own. */
const BROKEN = {
  service: "cloudformation",
  operation: "DescribeType",
  request: "",
  status: 400,
  headers: { "content-type": "text/xml" },
  body: "<ErrorResponse><Error><Type>Sender</Type><Code>Odd</Code><Message>Odd.</Message></Error></ErrorResponse>",
};

describe("doctor does not know", () => {
  it("what RDS makes of the longest window where RDS's clock runs away from it, and says so", async () => {
    const lab = await openDoctorLab();
    // Of a lab whose clock is 100,000 times as fast, each answer is two minutes later.
    let answers = 0;
    const now = () => lab.clock.now() - 240_000 + (answers++ >> 1) * 20_000;
    const line = (await lab.doctor({ now }, ["describe-events"])).get("describe-events");
    expect(line).toMatchObject({
      result: "unknown",
      came: expect.stringContaining("14 days less a minute: refused as InvalidParameterCombination"),
      todo: expect.stringMatching(/--speed 1/),
    });
  });

  it("whether Slack gets through where the address for commands cannot be reached, and says which", async () => {
    const lab = await openDoctorLab();
    lab.output("SlackUrl", "http://127.0.0.1:1/");
    expect((await lab.doctor({}, ["entrance"])).get("entrance")).toMatchObject({
      result: "unknown",
      todo: expect.stringMatching(/^http:\/\/127\.0\.0\.1:1\/ cannot be reached/),
    });
  });

  it.each([
    ["concurrency", "lambda:GetAccountSettings"],
    ["scheduler", "cloudformation:DescribeType"],
    ["bootstrap", "ssm:GetParameter"],
    ["aliases", "lambda:GetAlias"],
    ["mapping", "lambda:ListEventSourceMappings"],
    ["routes", "events:ListRuleNamesByTarget"],
    ["patterns", "events:TestEventPattern"],
    ["requests", "lambda:GetPolicy"],
    ["schedule", "scheduler:GetSchedule"],
    ["queues", "sqs:GetQueueAttributes"],
    ["alarms", "sns:ListSubscriptionsByTopic"],
    ["watch", "lambda:InvokeFunction"],
    ["metrics", "cloudwatch:ListMetrics"],
  ])("%s where the credentials lack %s, and says so", async (id, action) => {
    const lab = await openDoctorLab();
    lab.account.denied.add(action);
    const line = (await lab.doctor({}, [id])).get(id);
    expect(line).toMatchObject({ result: "unknown" });
    expect(line?.todo).toMatch(/^Run doctor with credentials that may ask/);
  });

  it("scheduler where AWS does not answer as it should, and says to ask again", async () => {
    const lab = await openDoctorLab({ recording: { version: 1, recordedOn: "2026-09-01", region: "ap-northeast-1", exchanges: [BROKEN] } });
    expect((await lab.doctor({}, ["scheduler"])).get("scheduler")).toMatchObject({
      result: "unknown",
      todo: expect.stringMatching(/in a minute/),
    });
  });

  it("bus where the credentials lack events:DescribeEventBus, and says so", async () => {
    const lab = await openDoctorLab();
    lab.bus.mayDescribe = false;
    const line = (await lab.doctor({}, ["bus"])).get("bus");
    expect(line).toMatchObject({ result: "unknown", todo: expect.stringMatching(/^Run doctor with credentials that may ask/) });
  });

  it("where a guard is deployed if CloudFormation does not say, and asks about the account all the same", async () => {
    const lab = await openDoctorLab();
    lab.account.denied.add("cloudformation:DescribeStacks");
    const lines = await lab.doctor({}, ["where", "concurrency", "bus", "functions"]);
    expect([...lines.values()].map(({ id, result }) => `${id} ${result}`)).toEqual(["where unknown", "concurrency pass", "bus unknown"]);
  });

  it.each(["watch", "recreate"])("%s where the table's index does not show what the function has written", async (id) => {
    const lab = await openDoctorLab();
    lab.account.indexShows = false;
    expect((await lab.doctor({}, [id])).get(id)).toMatchObject({
      result: "unknown",
      came: expect.stringMatching(/^1 of \d+ calls: dynamodb:Query of .+: The index does not show a new item within 5 s\.$/),
      todo: expect.stringMatching(/table's index/),
    });
  });

  it("metrics before there are any", async () => {
    const lab = await openDoctorLab();
    lab.account.metricDimensions.length = 0;
    expect((await lab.doctor({}, ["metrics"])).get("metrics")).toMatchObject({
      result: "unknown",
      todo: expect.stringMatching(/15 minutes/),
    });
  });
});
