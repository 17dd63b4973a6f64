import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { read } from "../support/aws-cli/arguments.ts";
import { cliName } from "../support/aws-cli/commands.ts";
import { printed, printing } from "../support/aws-cli/printed.ts";
import { wordsOf } from "../support/aws-cli/words.ts";

/*
 * Every line for the AWS CLI that a page or a program prints is read here as the CLI would read it: the shell's words, the command, its
 * options, the shape of their values, the required ones, and the names in --query, against the schemas in the SDK's clients.
 *
 * It proves no ranges, no enumerations and no permissions, not what the shell puts in, and not that a command does what the text says.
 */

const problems = (line: string): string[] => read(wordsOf(line)).problems;

describe("a line for the AWS CLI", () => {
  it("is found in the README, the pages, the sources and the rehearsal", () => {
    const names = new Set(printed.map(({ file }) => file));
    const expected = [
      "README.md",
      "docs/runbook.md",
      "docs/removing.md",
      "lab/start.ts",
      "local/cli/doctor/after/stores.ts",
      "doctor --rehearse",
    ];
    expect([...names]).toEqual(expect.arrayContaining(expected));
    expect(printed.length).toBeGreaterThan(90);
    const written = printing.flatMap((file) => readFileSync(file, "utf8").match(/(?<![\w.@/-])aws [a-z0-9]+ [a-z]+-[a-z-]+/g) ?? []);
    const commands = printed.map(({ command }) => command.split(" ").slice(0, 2).join(" "));
    expect(written.filter((line) => !commands.includes(line.slice("aws ".length)))).toEqual([]);
  });

  it.each(printed)("is one that the CLI takes: $where, aws $command", ({ words }) => {
    expect(read(words).problems).toEqual([]);
  });
});

describe("a line that the CLI would not take", () => {
  it.each([
    ["rds describe-blue-green-deployment", "rds describe-blue-green-deployment is no command"],
    ["rds wait db-instance-ready --db-instance-identifier x", "rds wait is no command"],
    ["rds describe-events --source-kind db-instance", "there is no --source-kind"],
    ["rds describe-events --duration day", '--duration takes a number and not "day"'],
    ["sqs receive-message --max-number-of-messages 10", "--queue-url is missing"],
    ["sqs delete-message --queue-url x --receipt-handle", "--receipt-handle takes a value"],
    ["lambda invoke --function-name x", "0 words stand for themselves, and not 1"],
    ["lambda get-account-settings now", "1 words stand for themselves, and not 0"],
    ["lambda get-account-settings --query AccountLimits", "--query names AccountLimits, which the answer does not have"],
    ['dynamodb get-item --table-name x --key \'{"pk": {"T": "a"}}\'', "--key.pk has no member T"],
    ["dynamodb get-item --table-name x --key '{\"pk\"}'", "--key has no JSON"],
    ["dynamodb update-table --table-name x --no-table-name", "there is no --no-table-name"],
    [
      "rds create-db-instance --db-instance-identifier x --db-instance-class y --engine z --publicly-accessible true",
      "--publicly-accessible takes no value",
    ],
    ["rds create-blue-green-deployment --blue-green-deployment-name x --source y --tags Name=a,Value=b", "--tags[0] has no member Name"],
    ["rds describe-events --source-type db-instance db-cluster", "1 words stand for themselves, and not 0"],
    ["logs tail --since 1h", "0 words stand for themselves, and not 1"],
    ["logs delete-log-group --log-group x", "--log-group-name is missing"],
  ])("is refused: aws %s", (line, problem) => {
    expect(problems(line)[0]).toBe(problem);
  });

  it("is read to its end as a shell reads it, with what is quoted, put in and piped", () => {
    const line = `sqs send-message --queue-url "$(arn "$(name Queue)")" \\\n --message-body '{"a": "b|c"}' | jq .`;
    expect(wordsOf(line).map(({ text }) => text)).toEqual([
      "sqs",
      "send-message",
      "--queue-url",
      '$(arn "$(name Queue)")',
      "--message-body",
      '{"a": "b|c"}',
    ]);
    expect(wordsOf("rds describe-events   # the last hour")).toHaveLength(2);
    expect(wordsOf("rds describe-events` prints", "`")).toHaveLength(2);
    expect(wordsOf('logs tail "$1" --since "$(since)"; }').map(({ isKnown }) => isKnown)).toEqual([true, true, false, true, false]);
  });

  it("has the names that the CLI's own reference has", () => {
    const names = ["DescribeDBInstances", "ListEventSourceMappings", "CreateDBInstanceReadReplica", "DBInstanceArn", "MaxNumberOfMessages"];
    expect(names.map(cliName)).toEqual([
      "describe-db-instances",
      "list-event-source-mappings",
      "create-db-instance-read-replica",
      "db-instance-arn",
      "max-number-of-messages",
    ]);
  });
});
