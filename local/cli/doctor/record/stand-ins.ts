import type { Exchange } from "../../../recording.ts";

/** Puts stand-ins where AWS names what an account has beside its databases: topics, rules, roles and policies. */
export type StandIns = (text: string, exchange: Pick<Exchange, "service" | "operation">) => string;

/** Where a name stands in what any service says: the kind of its stand-in, and what is before it. */
const ANYWHERE: readonly (readonly [kind: string, place: RegExp])[] = [
  ["topic", /(:sns:[a-z0-9-]*:\d*:)([\w.-]+)/g],
  ["rule", /(:rule\/(?:bluegreen-guard\/)?)([\w.-]+)/g],
  ["alias", /(\balias\/)(?!aws\/)([\w/-]+)/g],
];

/** The same for one service. */
const OF: Readonly<Record<string, typeof ANYWHERE>> = {
  iam: [
    ["policy", /(<PolicyName>)([^<]+)/g],
    ["policy", /((?<=<PolicyNames>(?:\s*<member>[^<]*<\/member>)*\s*)<member>)([^<]+)/g],
    ["example", /(<RoleName>)([^<]+)/g],
  ],
  "events ListRuleNamesByTarget": [["rule", /((?<="RuleNames":\[(?:"[^"]*",)*)")([^"]+)/g]],
  "events DescribeRule": [["rule", /("Name":")([^"]+)/g]],
  "events ListTargetsByRule": [["rule", /("Rule":")([^"]+)/g]],
};

/** Creates them: the same name has the same stand-in, so that requests still lead to their answers. */
export function createStandIns(): { inText: StandIns; inForm(name: string, value: string): string } {
  const known = new Map<string, string>();
  function standIn(kind: string, name: string): string {
    // Of roles, ARNs have the same stand-in.
    if (kind === "example") return kind;
    const key = `${kind} ${name}`;
    const count = [...known.keys()].filter((it) => it.startsWith(`${kind} `)).length;
    if (!known.has(key)) known.set(key, `${kind}-${count + 1}`);
    return known.get(key) ?? kind;
  }
  return {
    inText: (text, { service, operation }) =>
      [...ANYWHERE, ...(OF[service] ?? []), ...(OF[`${service} ${operation}`] ?? [])].reduce(
        (left, [kind, place]) => left.replaceAll(place, (_, before: string, name: string) => before + standIn(kind, name)),
        text,
      ),
    inForm: (name, value) => (name === "RoleName" ? "example" : name === "PolicyName" ? standIn("policy", value) : value),
  };
}
