import type { Answer, Answers, Problems } from "../../../src/messages/answers.ts";
import { answer, helpReply } from "../../../src/messages/slack/command-replies.ts";
import type { Decisions } from "../../../src/operations/says/decision.ts";
import type { Example } from "./example.ts";
import { facts } from "./forced.ts";
import { AT, coded, DEPLOYMENT, type Each, NEW, ONCALL } from "./sentences/each.ts";

const { id, name } = DEPLOYMENT;
const by = ONCALL;
const asker = { requestedBy: ONCALL, via: "slack" } as const;
const typed = "blue";
const deployments = [DEPLOYMENT, NEW];
const why = { code: "not-listed-once", id } as const;
const LEAVES = ["everything", "maybe-no-green", "no-green", "maybe-green", "new-green", "switchover", "unknown"] as const;

/** How it was decided whether a confirmed request begins. */
export const DECISIONS: Each<Decisions> = {
  "approved-and-begins": { by },
  approved: [{ by }, { by, ended: { code: "nothing-changed", why: { code: "not-on-the-bus" } } }],
  rejected: { by },
  stopped: { by },
  "rejected-or-stopped": { by },
  ended: { how: { code: "nothing-changed", why: { code: "request-lapsed", validUntil: AT } } },
  "not-answered": { operation: "recreate", name: DEPLOYMENT.name, again: false },
};

const ANSWERS: Each<Answers> = {
  none: [
    { typed, deployments },
    { typed, deployments: [] },
  ],
  "several-called": { typed: name, deployments: [DEPLOYMENT, { ...NEW, name }] },
  "several-begin": { typed, deployments },
  "whole-name-needed": [
    { typed, deployments },
    { typed, deployments: [DEPLOYMENT] },
  ],
  elsewhere: {},
  "perhaps-elsewhere": {},
  "not-here": { channels: ["C0BLUEGREEN"] },
  "without-operations": {},
  "no-operators": {},
  "not-an-operator": {},
  "operators-unknown": [{ lasts: false }, { lasts: true }],
  "nothing-to-stop": [
    { typed, underWay: [] },
    { typed, underWay: [name] },
  ],
  "had-not-begun": { leaves: "everything" },
  "has-ended": { how: { code: "recreated", deployment: DEPLOYMENT, newName: NEW.name, id: NEW.id } },
  stops: [...LEAVES.map((leaves) => ({ leaves, isWoken: true })), { leaves: "everything", isWoken: false }],
  "execution-ended": { status: "FAILED" },
  "perhaps-at-work": [
    { name, leaves: "no-green" },
    { name, leaves: "no-green", text: "ListDurableExecutions was refused" },
  ],
  "put-aside": [{ isReleased: true }, { isReleased: false }, { quiet: { code: "quiet", by, until: AT }, isReleased: true }],
  "ended-meanwhile": {},
  forced: facts({ state: "running" }, "recreate"),
  "outdated-button": {},
  "not-going-to-begin": {},
  "has-begun": { name },
  held: { name },
  "asker-cannot-approve": {},
  "asker-is-no-operator": { asker: by },
  "asker-unknown": { asker: by },
  "decided-already": coded(DECISIONS).map((how) => ({ how })),
  rejected: {},
  taken: {},
  "taken-already": {},
  "answering-failed": {},
  "answering-died": {},
  "being-worked-on": {},
  "not-your-plan": {},
  "left-as-it-is": {},
  begins: [
    { operation: "recreate", name },
    { operation: "switchover", name },
  ],
  "approval-asked": {},
  "nothing-to-go-on-with": {},
  "cannot-go-on": { why: { code: "other-created", deployment: NEW } },
  "under-way": [
    { operation: "recreate", name, asker, approved: true },
    { operation: "switchover", name, asker: { requestedBy: { name: "policy" }, via: "policy" }, approved: false },
    { operation: "recreate", name, asker: { ...asker, standsIn: true }, approved: true },
  ],
  "full-name-needed": { name, id },
  recovered: { name, id },
  "plan-too-old": { operation: "recreate", deployment: name },
  "plan-used-already": {},
  "cannot-plan": [
    { why, confirmed: false },
    { why, confirmed: true },
    {
      why: { code: "fields-missing", name, asked: {}, missing: [{ field: "targetEngineVersion", why: { code: "not-shown" } }] },
      confirmed: false,
    },
  ],
};

const PROBLEMS: Each<Problems> = {
  "name-too-long": { length: 300 },
  "no-such-command": { typed: "switch orders" },
  "which-deployment": [
    { command: "recreate", takesSeconds: false },
    { command: "switchover", takesSeconds: true },
  ],
  "seconds-out-of-range": { command: "switchover", least: 30, most: 3_600, typed: "5" },
  "takes-one-name": { command: "status", typed: "orders 16" },
};

/** Every answer to a command or a press. */
export const answers = (): readonly Example[] => [
  ...coded(PROBLEMS).map((it) => ({ when: `Somebody types what is wrong: \`${it.code}\``, message: helpReply(it) })),
  ...(coded(ANSWERS) as readonly Answer[]).map((it) => ({ when: `The answer \`${it.code}\``, message: answer(it) })),
];
