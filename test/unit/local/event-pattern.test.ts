import { expect, test } from "vitest";
import { countWildcards, type EventPattern, InvalidEventPatternError, matchesPattern } from "../../../local/event-pattern.ts";

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

/** Documented patterns: what each matches, and what it does not. */
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
  { name: "null", pattern: { UserID: [null] }, matches: [{ UserID: null }], not: [{ UserID: "" }, {}, { UserID: "null" }] },
  { name: "an empty string", pattern: { LastName: [""] }, matches: [{ LastName: "" }], not: [{ LastName: null }, {}] },
  { name: "a number", pattern: { Price: [100] }, matches: [{ Price: 100 }], not: [{ Price: "100" }, { Price: 100.5 }] },
  { name: "a boolean", pattern: { ok: [true] }, matches: [{ ok: true }], not: [{ ok: "true" }, { ok: false }] },
  {
    name: "prefix",
    pattern: { time: [{ prefix: "2017-10-02" }] },
    matches: [{ time: "2017-10-02T18:43:48Z" }],
    not: [{ time: "2017-10-03T18:43:48Z" }, { time: 2017 }, {}],
  },
  {
    name: "prefix ignoring case",
    pattern: { service: [{ prefix: { "equals-ignore-case": "EventB" } }] },
    matches: [{ service: "EventBridge" }, { service: "eventbridge" }],
    not: [{ service: "aws.eventbridge" }],
  },
  { name: "suffix", pattern: { FileName: [{ suffix: ".png" }] }, matches: [{ FileName: "a.png" }], not: [{ FileName: "a.PNG" }, {}] },
  {
    name: "suffix ignoring case",
    pattern: { FileName: [{ suffix: { "equals-ignore-case": ".png" } }] },
    matches: [{ FileName: "a.PNG" }, { FileName: "a.png" }],
    not: [{ FileName: "a.png.gz" }],
  },
  {
    name: "anything-but one string",
    pattern: { detail: { state: [{ "anything-but": "initializing" }] } },
    matches: [ec2, { detail: { state: null } }, { detail: { state: 7 } }],
    not: [{ detail: { state: "initializing" } }, { detail: {} }, {}],
  },
  {
    name: "anything-but a list of strings",
    pattern: { detail: { state: [{ "anything-but": ["stopped", "overloaded"] }] } },
    matches: [ec2, { detail: { state: ["stopped", "running"] } }],
    not: [{ detail: { state: "stopped" } }, { detail: { state: ["stopped", "overloaded"] } }],
  },
  {
    name: "anything-but a list of numbers",
    pattern: { "x-limit": [{ "anything-but": [100, 200, 300] }] },
    matches: [{ "x-limit": 150 }, { "x-limit": "100" }],
    not: [{ "x-limit": 200 }],
  },
  {
    name: "anything-but a prefix",
    pattern: { Region: [{ "anything-but": { prefix: "us-" } }] },
    matches: [{ Region: "ap-northeast-1" }, { Region: 1 }],
    not: [{ Region: "us-east-1" }, {}],
  },
  {
    name: "anything-but a list of suffixes",
    pattern: { FileName: [{ "anything-but": { suffix: [".txt", ".rtf"] } }] },
    matches: [{ FileName: "a.png" }],
    not: [{ FileName: "a.txt" }, { FileName: "a.rtf" }],
  },
  {
    name: "anything-but ignoring case",
    pattern: { state: [{ "anything-but": { "equals-ignore-case": ["initializing", "stopped"] } }] },
    matches: [{ state: "running" }],
    not: [{ state: "INITIALIZING" }, { state: "Stopped" }],
  },
  {
    name: "anything-but wildcards",
    pattern: { FilePath: [{ "anything-but": { wildcard: ["*/lib/*", "*/bin/*"] } }] },
    matches: [{ FilePath: "dir/src/a.js" }],
    not: [{ FilePath: "dir/lib/a.js" }, { FilePath: "dir/bin/a.js" }],
  },
  {
    name: "numbers within a range",
    pattern: { "c-count": [{ numeric: [">", 0, "<=", 5] }], "d-count": [{ numeric: ["<", 10] }], "x-limit": [{ numeric: ["=", 3.018e2] }] },
    matches: [{ "c-count": 5, "d-count": -1, "x-limit": 301.8 }],
    not: [
      { "c-count": 0, "d-count": 1, "x-limit": 301.8 },
      { "c-count": 1, "d-count": 10, "x-limit": 301.8 },
      { "c-count": "1", "d-count": 1, "x-limit": 301.8 },
    ],
  },
  {
    name: "addresses of an IPv4 range",
    pattern: { "source-ip": [{ cidr: "10.0.0.0/24" }] },
    matches: [{ "source-ip": "10.0.0.255" }],
    not: [{ "source-ip": "10.0.1.0" }, { "source-ip": "host" }, { "source-ip": "::1" }, {}],
  },
  {
    name: "addresses of an IPv6 range",
    pattern: { "source-ip": [{ cidr: "2001:db8::/32" }] },
    matches: [{ "source-ip": "2001:db8:1::1" }],
    not: [{ "source-ip": "2001:db9::1" }, { "source-ip": "10.0.0.1" }],
  },
  {
    name: "a field that exists",
    pattern: { detail: { state: [{ exists: true }] } },
    matches: [ec2, { detail: { state: null } }],
    not: [{ detail: {} }, { detail: { state: { name: "terminated" } } }, { detail: { state: [] } }],
  },
  {
    name: "a field that does not exist, leaves only",
    pattern: { "detail-type": [{ exists: true }], detail: { "c-count": [{ exists: false }] } },
    matches: [ec2, { "detail-type": "x", detail: { "c-count": { c1: 100 } } }],
    not: [
      { "detail-type": "x", detail: { "c-count": 5 } },
      { "detail-type": "x", detail: { "c-count": null } },
    ],
  },
  {
    name: "a value or nothing at all",
    pattern: { EventID: ["RDS-EVENT-0247", { exists: false }] },
    matches: [{ EventID: "RDS-EVENT-0247" }, {}],
    not: [{ EventID: null }, { EventID: "RDS-EVENT-0248" }],
  },
  {
    name: "equality ignoring case",
    pattern: { "detail-type": [{ "equals-ignore-case": "ec2 instance state-change notification" }] },
    matches: [ec2],
    not: [{ "detail-type": "ec2 instance" }],
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
    pattern: { detail: { $or: [{ a: [1] }, { b: [2], $or: [{ c: [3] }, { d: { e: [{ prefix: "f" }] } }] }] } },
    matches: [{ detail: { a: 1 } }, { detail: { b: 2, c: 3 } }, { detail: { b: 2, d: { e: "fg" } } }],
    not: [{ detail: { b: 2 } }, { detail: { c: 3 } }, { a: 1 }],
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
  {
    name: "a field missing from every element of an array",
    pattern: { list: { b: [{ exists: false }] } },
    matches: [{ list: [{ a: 1 }, { a: 2 }] }, { list: [] }],
    not: [{ list: [{ a: 1 }, { b: 2 }] }],
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

const refused: [string, EventPattern, RegExp][] = [
  ["a value that is not in an array", { source: "aws.rds" }, /"source" must be an object or an array.*Received: "aws\.rds"/],
  ["an empty array", { detail: { EventID: [] } }, /"detail\.EventID" is an empty array/],
  ["an empty pattern", {}, /the pattern is an empty object/],
  ["an empty object below a field", { detail: {} }, /"detail" is an empty object/],
  ["an array within an array", { a: [["b"]] }, /"a" may list only/],
  ["an unknown operator", { a: [{ contains: "b" }] }, /unknown operator "contains"; known are prefix/],
  ["two operators in one object", { a: [{ prefix: "b", suffix: "c" }] }, /exactly one operator/],
  ["an operator without an operand", { a: [{}] }, /exactly one operator/],
  ["a list of prefixes", { a: [{ prefix: ["b"] }] }, /"prefix", which takes a string/],
  ["a list of equals-ignore-case", { a: [{ "equals-ignore-case": ["b"] }] }, /"equals-ignore-case", which takes a string/],
  ["another operator within prefix", { a: [{ prefix: { suffix: "b" } }] }, /may hold only equals-ignore-case/],
  ["two wildcards in a row", { a: [{ wildcard: "b**c" }] }, /two \* in a row/],
  ["a wildcard that escapes a letter", { a: [{ wildcard: "b\\c" }] }, /escapes something else/],
  ["a wildcard that ends in an escape", { a: [{ wildcard: "b\\" }] }, /escapes something else/],
  ["exists with a word", { a: [{ exists: "true" }] }, /takes true or false/],
  ["anything-but with strings and numbers", { a: [{ "anything-but": ["b", 1] }] }, /not both mixed/],
  ["anything-but with null", { a: [{ "anything-but": null }] }, /takes strings or numbers/],
  ["anything-but with an empty list", { a: [{ "anything-but": [] }] }, /takes strings or numbers/],
  ["anything-but with an empty prefix", { a: [{ "anything-but": { prefix: "" } }] }, /empty prefix/],
  ["anything-but with a numeric range", { a: [{ "anything-but": { numeric: ["=", 1] } }] }, /it may hold prefix, suffix/],
  ["anything-but with two wildcards in a row", { a: [{ "anything-but": { wildcard: ["a", "**"] } }] }, /two \* in a row/],
  ["numeric without a bound", { a: [{ numeric: [">"] }] }, /one or two comparisons/],
  ["numeric with a bound in quotes", { a: [{ numeric: [">", "1"] }] }, /no number/],
  ["numeric beyond what EventBridge compares", { a: [{ numeric: [">", 6e9] }] }, /-5e9 to 5e9/],
  ["numeric with an unknown comparison", { a: [{ numeric: ["!=", 1] }] }, /known are = < <= > >=/],
  ["numeric with the upper bound first", { a: [{ numeric: ["<", 5, ">", 0] }] }, /then < or <=/],
  ["numeric with an empty range", { a: [{ numeric: [">=", 5, "<=", 5] }] }, /bottom is not less/],
  ["cidr without a mask", { a: [{ cidr: "10.0.0.0" }] }, /10\.0\.0\.0\/24/],
  ["cidr with too long a mask", { a: [{ cidr: "10.0.0.0/32" }] }, /"cidr"/],
  ["$or with one pattern", { $or: [{ a: [1] }] }, /at least two patterns/],
  ["$or with something else than patterns", { $or: [{ a: [1] }, 2] }, /must be an object/],
  ["an operator where $or wants a field", { $or: [{ prefix: ["a"] }, { b: [1] }] }, /name of an operator/],
  ["a field both beside and inside $or", { a: [1], $or: [{ a: [2] }, { b: [1] }] }, /"a" is named twice/],
];

test.each(refused)("%s is refused with a message that says why", (_name, pattern, message) => {
  expect(() => matchesPattern(pattern, {})).toThrow(InvalidEventPatternError);
  expect(() => matchesPattern(pattern, {})).toThrow(message);
});

test("wildcards are counted wherever they stand, but fields called so are not", () => {
  const pattern = {
    wildcard: ["*"],
    a: [{ wildcard: "*x" }, { wildcard: "y*" }, "z"],
    $or: [{ b: [{ "anything-but": { wildcard: ["*", "q"] } }] }, { c: { d: [{ wildcard: "*" }] } }],
    $other: [1],
  };
  expect(countWildcards(pattern)).toBe(5);
  expect(countWildcards({ a: [{ prefix: "b" }] })).toBe(0);
});
