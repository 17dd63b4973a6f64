import type { Form } from "../../../../src/messages/form.ts";
import * as words from "../../../../src/messages/language.ts";
import { standingOf } from "../../../../src/standing/standing.ts";
import { viewOf } from "../../../support/deployments/recreating.ts";
import { first } from "../../../support/deployments/upgrade.ts";
import { request } from "../entries.ts";
import { AT, DEPLOYMENT } from "./each.ts";
import type { Sentence } from "./sentences.ts";

const CALLER = "arn:aws:sts::123456789012:assumed-role/Admin/oncall";
const [FOLDER, GO_ON, CANCEL] = [".bluegreen-guard", "npx bluegreen-guard recreate blue-green", "npx bluegreen-guard cancel blue-green"];
const { name, id } = DEPLOYMENT;

/** What only a terminal says, by what it is about. */
export const TERMINAL_SENTENCES: readonly (readonly [string, (as: Form) => readonly Sentence[]])[] = [
  ["Before a sentence or in it", labels],
  ["Operations", ofCommands],
  ["Where a command works", ofPlaces],
  ["Mistakes in the arguments", ofMistakes],
  ["Watching", ofWatches],
];

/** Every text of a group that needs no data. */
const ready = (group: string, all: Readonly<Record<string, unknown>>): Sentence[] =>
  Object.entries(all).flatMap(([code, text]) => (typeof text === "string" ? [{ code: `${group}.${code}`, text }] : []));

/** What a sentence begins with, and whom or what it names. */
function labels(): readonly Sentence[] {
  return [
    ...ready("CHECK_MARKS", words.CHECK_MARKS),
    ...ready("RESULT_WORDS", words.RESULT_WORDS),
    ...ready("WATCHING.told", words.WATCHING.told),
    { code: "WHOEVER_SIGNED_IN", text: words.WHOEVER_SIGNED_IN },
    { code: "SOMEBODY", text: words.SOMEBODY },
  ];
}

/** What the commands say of operations. */
function ofCommands(as: Form): readonly Sentence[] {
  const { ASKING, FOLLOWING, REPORT, STOPPING } = words;
  return [
    ...ready("ASKING", ASKING),
    { code: "ASKING.hasToWait", text: ASKING.hasToWait("switchover") },
    { code: "ASKING.toStop", text: ASKING.toStop(CANCEL) },
    { code: "ASKING.alsoUnderWay", text: ASKING.alsoUnderWay("recreate", name, GO_ON, as) },
    { code: "ASKING.confirm", text: ASKING.confirm("yes") },
    { code: "ASKING.refused", text: ASKING.refused(words.PLAN_NOTES["not-ready"]) },
    ...ready("FOLLOWING", FOLLOWING),
    { code: "FOLLOWING.notBegun", text: FOLLOWING.notBegun("recreate", CANCEL) },
    { code: "FOLLOWING.switching", text: FOLLOWING.switching(12, 300) },
    { code: "FOLLOWING.toGoOn", text: FOLLOWING.toGoOn(GO_ON) },
    { code: "FOLLOWING.toFollow", text: FOLLOWING.toFollow(GO_ON) },
    { code: "FOLLOWING.toStop", text: FOLLOWING.toStop(CANCEL) },
    ...ready("REPORT", REPORT),
    { code: "REPORT.notRead", text: REPORT.notRead("Rate exceeded.") },
    ...ready("STOPPING", STOPPING),
    { code: "STOPPING.stops", text: STOPPING.stops("no-green", true) },
    { code: "STOPPING.worksIn", text: STOPPING.worksIn(4711, FOLDER, as) },
    { code: "STOPPING.told", text: STOPPING.told("everything") },
    { code: "STOPPING.notTold", text: STOPPING.notTold(undefined, 10) },
    ...words.PERMISSIONS_ELSEWHERE.map((text) => ({ code: "PERMISSIONS_ELSEWHERE", text })),
    ...statuses(as),
  ];
}

function statuses(as: Form): readonly Sentence[] {
  const standing = standingOf({ view: viewOf(first()), facts: [] });
  const incomplete = { code: "older-than-listed", deploymentId: id } as const;
  return [
    { code: "standingText", text: words.standingText(standing, { now: Date.parse(AT), ageMs: 93 * 60_000, incomplete }, as) },
    ...(["under-way", "unclear", "half-done", "stands-still"] as const).map((state) => ({
      code: "operationLine",
      text: words.operationLine(request(), state, as),
    })),
    { code: "goesOnWith", text: words.goesOnWith(GO_ON) },
  ];
}

/** What is wrong with what was typed. */
function ofMistakes(): readonly Sentence[] {
  const { MISTAKES } = words;
  return [
    ...ready("MISTAKES", MISTAKES),
    { code: "MISTAKES.oneName", text: MISTAKES.oneName("status", ["orders", "15"]) },
    { code: "MISTAKES.name", text: MISTAKES.name("recreate") },
    { code: "MISTAKES.name", text: MISTAKES.name("recreate", " ") },
    { code: "MISTAKES.seconds", text: MISTAKES.seconds("timeout", 30, 3_600, "5m") },
    { code: "MISTAKES.besideOnce", text: MISTAKES.besideOnce("every", "60") },
    { code: "MISTAKES.field", text: MISTAKES.field("target-engine-version", words.FIELD_WORDS.targetEngineVersion, "") },
  ];
}

/** What they say of where they work. */
function ofPlaces(as: Form): readonly Sentence[] {
  const { BESIDE, MISPLACED, PLACES } = words;
  return [
    ...ready("PLACES", PLACES),
    { code: "PLACES.place", text: PLACES.place("123456789012", "ap-northeast-1", undefined) },
    { code: "PLACES.place", text: PLACES.place(undefined, "ap-northeast-1", "http://127.0.0.1:4566") },
    { code: "PLACES.deployed", text: PLACES.deployed("BlueGreenGuardTable", "bluegreen-guard", as) },
    { code: "PLACES.here", text: PLACES.here(FOLDER, true, as) },
    ...ready("BESIDE", BESIDE),
    { code: "BESIDE.isDeployed", text: BESIDE.isDeployed("bluegreen-guard", BESIDE.insteadOfOperating, as) },
    { code: "BESIDE.unseen", text: BESIDE.unseen("User is not authorized.") },
    { code: "MISPLACED.noSuchThing", text: MISPLACED.noSuchThing("table", "BlueGreenGuardTable", "BLUEGREEN_GUARD_TABLE", as) },
    { code: "MISPLACED.noFolder", text: MISPLACED.noFolder(FOLDER) },
    { code: "MISPLACED.earlierState", text: MISPLACED.earlierState(FOLDER, `${FOLDER}/123456789012.ap-northeast-1`) },
    { code: "MISPLACED.inUse", text: MISPLACED.inUse(4711, AT, "npx bluegreen-guard status", CANCEL, as) },
    { code: "MISPLACED.slackSettings", text: MISPLACED.slackSettings("SLACK_CHANNEL is not set.", "SLACK_CHANNEL and SLACK_BOT_TOKEN") },
  ];
}

/** What a watch says in its terminal. */
function ofWatches(as: Form): readonly Sentence[] {
  const { NOT_WATCHING, SEEING, WATCHING } = words;
  return [
    ...ready("WATCHING", WATCHING),
    { code: "WATCHING.tellsTerminal", text: WATCHING.tellsTerminal("SLACK_BOT_TOKEN") },
    { code: "WATCHING.tellsSlack", text: WATCHING.tellsSlack("C0BLUEGREEN", { name: "guard", workspace: "Example" }, as) },
    { code: "WATCHING.looksOnly", text: WATCHING.looksOnly(FOLDER, as) },
    { code: "WATCHING.lasting", text: WATCHING.lasting(60) },
    { code: "WATCHING.lookedAt", text: WATCHING.lookedAt(AT, 60, as) },
    { code: "WATCHING.ended", text: WATCHING.ended("npx bluegreen-guard watch") },
    { code: "WATCHING.problems", text: WATCHING.problems(false) },
    { code: "WATCHING.waits", text: WATCHING.waits("Slack does not answer") },
    { code: "WATCHING.settingsOf", text: WATCHING.settingsOf("bluegreen-guard.json", as) },
    { code: "WATCHING.noTokenYet", text: WATCHING.noTokenYet("SLACK_BOT_TOKEN") },
    ...ready("NOT_WATCHING", NOT_WATCHING),
    { code: "NOT_WATCHING.inUse", text: NOT_WATCHING.inUse({ pid: 4711, since: AT }, as) },
    { code: "NOT_WATCHING.slackSettings", text: NOT_WATCHING.slackSettings("SLACK_CHANNEL is not set.", "SLACK_CHANNEL") },
    ...ready("SEEING", SEEING),
    { code: "SEEING.may", text: SEEING.may(["blue/green deployments", "events", "clusters"]) },
    { code: "SEEING.mayNot", text: SEEING.mayNot(CALLER, as) },
    ...Object.entries(words.SIGHT_WORDS).map(([permission, { without }]) => ({
      code: "SEEING.lacks",
      text: SEEING.lacks(permission, without),
    })),
    { code: "SEEING.unclear", text: SEEING.unclear("the lag", "InternalError") },
    { code: "SEEING.leavesOut", text: SEEING.leavesOut(2, "bluegreen-guard:watch") },
    { code: "SEEING.some", text: SEEING.some(2) },
    { code: "SEEING.deployment", text: SEEING.deployment(name, id, SEEING.statusAlone("PROVISIONING", as), as) },
  ];
}
