import { describe, expect, it } from "vitest";
import { redacted } from "../../../../../local/cli/doctor/record/redact.ts";
import type { Exchange } from "../../../../../local/recording.ts";

const ACCOUNT = "210987654321";
const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:acme-pager`;

const answered = (service: string, operation: string, request: string, body: string | object): Exchange => ({
  service,
  operation,
  request,
  status: 200,
  headers: {},
  body: typeof body === "string" ? body : JSON.stringify(body),
});

const texts = (...exchanges: Exchange[]): string[] => redacted(exchanges, ACCOUNT).map(({ request, body }) => `${request} ${body}`);

const INSTANCE = `<DBInstance><DBInstanceIdentifier>db-cluster-green-3z21ha</DBInstanceIdentifier>
  <DBParameterGroups><DBParameterGroup><DBParameterGroupName>acme-tuned</DBParameterGroupName></DBParameterGroup></DBParameterGroups>
  <OptionGroupMemberships><OptionGroupMembership><OptionGroupName>default:mysql-8-0</OptionGroupName></OptionGroupMembership></OptionGroupMemberships>
  <DBSubnetGroup>
    <DBSubnetGroupName>acme-private</DBSubnetGroupName><DBSubnetGroupDescription>Acme only</DBSubnetGroupDescription>
  </DBSubnetGroup>
  <KmsKeyId>arn:aws:kms:eu-west-1:${ACCOUNT}:alias/acme/payments</KmsKeyId>
  <DomainMemberships><DomainMembership><FQDN>corp.acme.example</FQDN></DomainMembership></DomainMemberships></DBInstance>`;

describe("a recording names nobody's", () => {
  it("databases, also within the names that RDS makes of theirs", () => {
    const message = "Creating pre-upgrade snapshot [preupgrade-db-cluster-green-3z21ha-14-10-to-15-5-2026-01-01]";
    const [, events = ""] = texts(
      answered("rds", "DescribeDBInstances", "Action=DescribeDBInstances", INSTANCE),
      answered("rds", "DescribeEvents", "Action=DescribeEvents", `<Event><Message>${message}</Message></Event>`),
    );
    expect(events).toMatch(/\[preupgrade-database-\d+-green-3z21ha-14-10-to-15-5-2026-01-01\]/);
  });

  it("groups, keys and domains of databases", () => {
    const [text = ""] = texts(answered("rds", "DescribeDBInstances", "Action=DescribeDBInstances", INSTANCE));
    expect(text).not.toMatch(/acme|corp/i);
    expect(text).toContain("<OptionGroupName>default:mysql-8-0</OptionGroupName>");
    expect(text).toContain("-green-3z21ha");
  });

  it("topics, and a request still names the one that an answer named", () => {
    const all = texts(
      answered("monitoring", "DescribeAlarms", "{}", {
        MetricAlarms: [{ AlarmDescription: "Blue/Green Guard: x", AlarmActions: [TOPIC, `${TOPIC}-2`] }],
      }),
      answered("sns", "ListSubscriptionsByTopic", `Action=ListSubscriptionsByTopic&TopicArn=${encodeURIComponent(TOPIC)}`, "<a/>"),
    );
    expect(all.join()).not.toContain("acme");
    expect(all[0]).toContain('"arn:aws:sns:eu-west-1:123456789012:topic-1","arn:aws:sns:eu-west-1:123456789012:topic-2"');
    expect(decodeURIComponent(all[1] ?? "")).toContain("TopicArn=arn:aws:sns:eu-west-1:123456789012:topic-1 ");
  });

  it("stack, roles, policies and what these say beside what doctor reads", () => {
    const document = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "ChangeGreenInstances",
          Effect: "Allow",
          Action: "rds:*",
          Resource: "*",
          Condition: { StringEquals: { "aws:ResourceTag/team": "acme" } },
        },
        { Sid: "AcmeExtra", Effect: "Allow", Action: "s3:GetObject", Resource: "arn:aws:s3:::acme-backups/*" },
      ],
    };
    const policy = "Action=GetRolePolicy&RoleName=AcmePay-Recreate&PolicyName=AcmePolicy";
    const all = texts(
      answered("cloudformation", "DescribeStacks", "Action=DescribeStacks&StackName=AcmePay", "<StackName>AcmePay</StackName>"),
      answered(
        "iam",
        "ListRolePolicies",
        "Action=ListRolePolicies&RoleName=AcmePay-Recreate",
        "<PolicyNames><member>Own</member><member>AcmePolicy</member></PolicyNames>",
      ),
      answered(
        "iam",
        "GetRolePolicy",
        policy,
        `<RoleName>AcmePay-Recreate</RoleName><PolicyName>AcmePolicy</PolicyName><PolicyDocument>${encodeURIComponent(JSON.stringify(document))}</PolicyDocument>`,
      ),
      answered("lambda", "GET /2015-03-31/functions/AcmePay-Watch/configuration", "", {
        FunctionName: "AcmePay-Watch",
        Role: `arn:aws:iam::${ACCOUNT}:role/AcmePay-Recreate`,
      }),
    );
    expect(all.join("\n")).not.toMatch(/acme/i);
    expect(all[0]).toContain("StackName=BlueGreenGuard ");
    expect(all[1]).toContain("<member>policy-1</member><member>policy-2</member>");
    expect(all[2]).toContain("RoleName=example&PolicyName=policy-2 ");
    expect(all[2]).toContain('{"Sid":"ChangeGreenInstances","Effect":"Allow","Resource":"*"}');
    expect(all[3]).toContain(":role/example");
    expect(all[3]).toContain('"BlueGreenGuard-Watch"');
  });

  it("rules, and what else they lead to", () => {
    const rule = {
      Name: "acme-nightly",
      Arn: `arn:aws:events:eu-west-1:${ACCOUNT}:rule/acme-nightly`,
      Description: "Acme's",
      State: "ENABLED",
    };
    const all = texts(
      answered("events", "ListRuleNamesByTarget", "{}", { RuleNames: ["own", "acme-nightly"] }),
      answered("events", "DescribeRule", '{"Name":"acme-nightly"}', rule),
      answered("events", "ListTargetsByRule", '{"Rule":"acme-nightly"}', { Targets: [{ Id: "acme", Arn: "arn:x", Input: "acme" }] }),
      answered("events", "DescribeEventBus", '{"Name":"bluegreen-guard"}', { Name: "bluegreen-guard" }),
    );
    expect(all.join("\n")).not.toMatch(/acme/i);
    expect(all[0]).toContain('["rule-1","rule-2"]');
    expect(all[1]).toContain(
      '{"Name":"rule-2"} {"Name":"rule-2","Arn":"arn:aws:events:eu-west-1:123456789012:rule/rule-2","State":"ENABLED"}',
    );
    expect(all[2]).toMatch(/^{"Rule":"rule-2"} /);
    expect(all[3]).toBe('{"Name":"bluegreen-guard"} {"Name":"bluegreen-guard"}');
  });
});

describe("of a function a recording keeps", () => {
  const Variables = {
    SLACK_CHANNEL: "C0REALCHANNEL",
    SLACK_SECRET: "acme/slack",
    SLACK_API_URL: "https://slack-proxy.acme.example/api/",
    WATCH: "acme-payments-*",
    STUCK_AFTER_HOURS: "6",
    ON_DEGRADED: "acme",
    DD_API_KEY: "dd-hunter2",
    NEW_RELIC_LICENSE_KEY: "nr-hunter2",
  };
  const configuration = { State: "Active", KMSKeyArn: "acme-key", Layers: [{ Arn: "acme-layer" }], Environment: { Variables } };

  it.each([
    ["its configuration", configuration],
    ["that of each version", { Versions: [configuration, { ...configuration, Version: "2" }] }],
  ])("the guard's own variables alone, with values that they take: in %s", (_, body) => {
    const [text = ""] = texts(answered("lambda", "GET /2015-03-31/functions/x/configuration", "", body));
    expect(text).not.toMatch(/acme|hunter2|DD_API|RELIC|REALCHANNEL/);
    expect(text).toContain('"WATCH":"removed"');
    expect(text).toContain('"STUCK_AFTER_HOURS":"6"');
    expect(text).toContain('"State":"Active"');
  });

  it("of who may invoke it the rules alone", () => {
    const ArnLike = { "AWS:SourceArn": `arn:aws:events:eu-west-1:${ACCOUNT}:rule/acme-nightly` };
    const allow = { Sid: "acme", Effect: "Allow", Action: "lambda:InvokeFunction" };
    const Policy = JSON.stringify({
      Statement: [
        { ...allow, Condition: { ArnLike } },
        { ...allow, Principal: { AWS: "acme" } },
      ],
    });
    const [text = ""] = texts(answered("lambda", "GET /2015-03-31/functions/x/policy", "", { Policy }));
    expect(text).not.toContain("acme");
    expect(text.match(/lambda:InvokeFunction/g)).toHaveLength(1);
    expect(text).toContain("arn:aws:events:eu-west-1:123456789012:rule/rule-1");
  });
});
