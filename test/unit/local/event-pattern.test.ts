import { expect, test } from "vitest";
import { countWildcards, type EventPattern, InvalidEventPatternError, matchesPattern } from "../../../local/event-pattern.ts";
import { routes } from "../../../src/rules/routes.ts";
import documented from "./documented-patterns.json" with { type: "json" };

/** The example event of the EventBridge user guide, "Event patterns". */
const ec2 = {
  version: "0",
  id: "6a7e8feb-b491-4cf7-a9f1-bf3703467718",
  "detail-type": "EC2 Instance State-change Notification",
  source: "aws.ec2",
  account: "123456789012",
  time: "2017-12-22T18:43:48Z",
  region: "us-west-1",
  resources: ["arn:aws:ec2:us-west-1:123456789012:instance/i-1234567890abcdef0"],
  detail: { "instance-id": "i-1234567890abcdef0", state: "terminated" },
};

/** Patterns in every form that the guard's rules use: what each matches, and what it does not. */
const table: { name: string; pattern: EventPattern; matches: unknown[]; not: unknown[] }[] = [
  {
    name: "a state change of an instance",
    pattern: { source: ["aws.ec2"], "detail-type": ["EC2 Instance State-change Notification"], detail: { state: ["terminated"] } },
    matches: [ec2],
    not: [{ ...ec2, source: "aws.ecs" }, { ...ec2, detail: { state: "running" } }, { source: "aws.ec2" }, {}, null, "aws.ec2"],
  },
  {
    name: "one of several values",
    pattern: { source: ["aws.ec2", "aws.fargate"] },
    matches: [ec2, { source: "aws.fargate" }],
    not: [{ source: "aws.ec" }, { source: "AWS.EC2" }],
  },
  { name: "an array of the event", pattern: { resources: [{ prefix: "arn:aws:ec2:" }] }, matches: [ec2], not: [{ resources: [] }] },
  { name: "an empty string", pattern: { LastName: [""] }, matches: [{ LastName: "" }], not: [{ LastName: null }, {}] },
  {
    name: "prefix",
    pattern: { time: [{ prefix: "2017-10-02" }] },
    matches: [{ time: "2017-10-02T18:43:48Z" }],
    not: [{ time: "2017-10-03T18:43:48Z" }, { time: 2017 }, {}],
  },
  {
    name: "a field that exists",
    pattern: { detail: { state: [{ exists: true }] } },
    matches: [ec2, { detail: { state: null } }],
    not: [{ detail: {} }, { detail: { state: { name: "terminated" } } }, { detail: { state: [] } }],
  },
  {
    name: "wildcards",
    pattern: { EventBusArn: [{ wildcard: "arn:aws:events:us-east-1:*:event-bus/*" }] },
    matches: [
      { EventBusArn: "arn:aws:events:us-east-1:123456789012:event-bus/default" },
      { EventBusArn: "arn:aws:events:us-east-1::event-bus/" },
      { EventBusArn: "arn:aws:events:us-east-1:\n:event-bus/(x)" },
    ],
    not: [{ EventBusArn: "arn:aws:events:us-east-2:1:event-bus/x" }, { EventBusArn: ["x"] }],
  },
  {
    name: "escaped wildcards",
    pattern: { text: [{ wildcard: "a\\*b\\\\*c.d" }] },
    matches: [{ text: "a*b\\ anything c.d" }],
    not: [{ text: "axb\\c.d" }, { text: "a*b\\cxd" }],
  },
  {
    name: "one field or another",
    pattern: { source: ["aws.cloudwatch"], $or: [{ metricName: ["CPUUtilization"] }, { namespace: ["AWS/EC2", "AWS/ES"] }] },
    matches: [
      { source: "aws.cloudwatch", metricName: "CPUUtilization" },
      { source: "aws.cloudwatch", namespace: "AWS/ES" },
    ],
    not: [{ source: "aws.ec2", metricName: "CPUUtilization" }, { source: "aws.cloudwatch" }],
  },
  {
    name: "$or within $or and below a field",
    pattern: { detail: { $or: [{ a: ["1"] }, { b: ["2"], $or: [{ c: ["3"] }, { d: { e: [{ prefix: "f" }] } }] }] } },
    matches: [{ detail: { a: "1" } }, { detail: { b: "2", c: "3" } }, { detail: { b: "2", d: { e: "fg" } } }],
    not: [{ detail: { b: "2" } }, { detail: { c: "3" } }, { a: "1" }],
  },
  {
    name: "fields of one and the same element of an array",
    pattern: { employees: { first: ["Jane"], last: ["Doe"] } },
    matches: [{ employees: [{ first: "John" }, { first: "Jane", last: "Doe" }] }, { employees: { first: "Jane", last: "Doe" } }],
    not: [
      {
        employees: [
          { first: "Jane", last: "Roe" },
          { first: "John", last: "Doe" },
        ],
      },
    ],
  },
];

for (const { name, pattern, matches, not } of table) {
  test(`${name}: what EventBridge delivers is matched`, () => {
    for (const event of matches) expect(matchesPattern(pattern, event), JSON.stringify(event)).toBe(true);
  });
  test(`${name}: what EventBridge holds back is not matched`, () => {
    for (const event of not) expect(matchesPattern(pattern, event), JSON.stringify(event)).toBe(false);
  });
}

interface Row {
  row: string;
  /** Where it is printed, by its name in `sources`. */
  source: string;
  pattern: EventPattern;
  matches?: unknown[];
  not?: unknown[];
  refused?: boolean;
}

test.each(documented.rows as Row[])("EventBridge's own example of $row is matched as its guide says, or refused and not guessed", (row) => {
  expect(Object.keys(documented.sources)).toContain(row.source);
  if (row.refused) {
    expect(() => matchesPattern(row.pattern, {})).toThrow(InvalidEventPatternError);
    return;
  }
  expect([row.matches?.length, row.not?.length].every((count) => (count ?? 0) > 0)).toBe(true);
  for (const event of row.matches ?? []) expect([event, matchesPattern(row.pattern, event)]).toEqual([event, true]);
  for (const event of row.not ?? []) expect([event, matchesPattern(row.pattern, event)]).toEqual([event, false]);
});

test("no route has an operator that EventBridge's guide does not have, or that is refused here", () => {
  const operators = (pattern: unknown): string[] =>
    [...JSON.stringify(pattern).matchAll(/\{"([a-z-]+|\$or)":/g)].map(([, name = ""]) => name).filter((name) => name !== "source");
  const known = (documented.rows as Row[]).filter((row) => !row.refused).flatMap(({ pattern }) => operators(pattern));
  const used = Object.values(routes()).flatMap(operators);
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((name) => !known.includes(name))).toEqual([]);
});

const refused: [string, EventPattern, RegExp][] = [
  ["a value that is not in an array", { source: "aws.rds" }, /"source" must be an object or an array.*Received: "aws\.rds"/],
  ["an empty array", { detail: { EventID: [] } }, /"detail\.EventID" is an empty array/],
  ["an empty pattern", {}, /the pattern is an empty object/],
  ["an empty object below a field", { detail: {} }, /"detail" is an empty object/],
  ["an array within an array", { a: [["b"]] }, /"a" may list only/],
  [
    "an unknown operator",
    { a: [{ contains: "b" }] },
    /"a" has the operator "contains", which no rule has; known are prefix, wildcard, exists/,
  ],
  ...["suffix", "equals-ignore-case", "anything-but", "numeric", "cidr"].map((name): [string, EventPattern, RegExp] => [
    `the operator ${name}`,
    { detail: { a: ["x", { [name]: "b" }] } },
    new RegExp(`"detail\\.a" has the operator "${name}", which no rule has; known are prefix, wildcard, exists`),
  ]),
  ["a prefix that ignores case", { a: [{ prefix: { "equals-ignore-case": "b" } }] }, /"prefix", which takes a string/],
  ["a field that must not be there", { a: [{ exists: false }] }, /"exists", which takes true/],
  ["a number", { a: [1] }, /"a" may list only strings and .*Received: 1/],
  ["null", { a: [null] }, /"a" may list only strings and .*Received: null/],
  ["true", { a: [true] }, /"a" may list only strings and .*Received: true/],
  ["two operators in one object", { a: [{ prefix: "b", suffix: "c" }] }, /exactly one operator/],
  ["an operator without an operand", { a: [{}] }, /exactly one operator/],
  ["a list of prefixes", { a: [{ prefix: ["b"] }] }, /"prefix", which takes a string/],
  ["two wildcards in a row", { a: [{ wildcard: "b**c" }] }, /two \* in a row/],
  ["a wildcard that escapes a letter", { a: [{ wildcard: "b\\c" }] }, /escapes something else/],
  ["a wildcard that ends in an escape", { a: [{ wildcard: "b\\" }] }, /escapes something else/],
  ["$or with one pattern", { $or: [{ a: ["1"] }] }, /at least two patterns/],
  ["$or with something else than patterns", { $or: [{ a: ["1"] }, 2] }, /must be an object/],
  ["an operator where $or wants a field", { $or: [{ prefix: ["a"] }, { b: ["1"] }] }, /name of an operator/],
  ["a field both beside and inside $or", { a: ["1"], $or: [{ a: ["2"] }, { b: ["1"] }] }, /"a" is named twice/],
];

test.each(refused)("%s is refused with a message that says why", (_name, pattern, message) => {
  expect(() => matchesPattern(pattern, {})).toThrow(InvalidEventPatternError);
  expect(() => matchesPattern(pattern, {})).toThrow(message);
});

test("wildcards are counted wherever they stand, but fields called so are not", () => {
  const pattern = {
    wildcard: ["*"],
    a: [{ wildcard: "*x" }, { wildcard: "y*" }, "z"],
    $or: [{ b: [{ wildcard: "*" }, { wildcard: "q" }] }, { c: { d: [{ wildcard: "*" }] } }],
    $other: ["1"],
  };
  expect(countWildcards(pattern)).toBe(5);
  expect(countWildcards({ a: [{ prefix: "b" }] })).toBe(0);
});
