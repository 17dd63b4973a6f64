import type { Clock } from "../../../../local/clock.ts";
import * as words from "../../../../src/messages/language.ts";
import { IN_SLACK } from "../../../../src/messages/slack/form.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import type { Check } from "../../../../src/plans/checks.ts";
import type { Outside } from "../ports.ts";
import type { Execution } from "./durable.ts";
import { expect } from "./expecting.ts";
import type { Sent } from "./guard.ts";
import type { Moment, Text } from "./said.ts";
import { textOf } from "./said.ts";
import { type Pair, STALE_MS, type Truly, type World } from "./world.ts";

/** What is judged: what is true, and what the guard has done of which it was shown what. */
export interface Judged {
  worlds: readonly World[];
  outside: Pick<Outside<Clock>, "published" | "items">;
  executions: readonly Execution[];
  sent: readonly Sent[];
  harm: readonly string[];
}

/** Words that would have somebody delete green. */
const DELETES = [
  /--delete-target/i,
  /together with green|(?<!deleted it, |RDS deletes it )with everything green|delete the deployment with green/i,
  // Who wanted it stands where it was decided.
  /(?<!wants to )\bdelete(s)? and recreate/i,
  /(npx bluegreen-guard|\/bluegreen) recreate/i,
  /\[button recreate\]/,
  /[Rr]ecreate the deployment/,
  /has to be deleted/,
  /delete the (blue\/green )?deployment and create/i,
];
/** Words that say that all is as before. */
const UNCHANGED = [
  /nothing has changed/i,
  /roll(s|ed) everything back/i,
  /[Bb]lue is still production/,
  /[Bb]lue is production/,
  /[Bb]lue is not affected/,
  /(?<![Nn]ew blue )stays production/,
  /Blue \(production\)/,
  /Ready to switch over|then switch over in a quiet hour|switch over again/,
  /\[button switchover\]/,
];
const WAY_BACK = /To go back by hand|\d\. Rename /;

/** Expects of every text what may be said once some member was shown switched. */
export function expectSafeWords(texts: readonly Text[], guard: Judged): void {
  const { worlds } = guard;
  const all = everyDeployment(worlds);
  for (const { where, about, text, switched } of texts) {
    const ids = new Set([...switched].map((it) => it.split("|")[0] ?? ""));
    for (const id of ids) {
      if (about === undefined ? !isAbout(text, id, all, where) : about !== id) continue;
      for (const words of [...DELETES, ...UNCHANGED])
        expect(words.exec(text)?.[0], `${where}, of ${id}, switched: ${[...switched]}\n${text}`).toBeUndefined();
    }
    for (const deployment of all) {
      const isWhole = listedOf(deployment).every((pair) => wasSwitched(worlds, deployment.id, pair));
      const isIts = about === undefined ? isAbout(text, deployment.id, all, where) : about === deployment.id;
      if (!isWhole && isIts) expect(WAY_BACK.exec(text)?.[0], `${where}\n${text}`).toBeUndefined();
    }
  }
}

/** A text of several deployments may say of one what it must not say of another. */
function isAbout(text: string, id: string, all: readonly Truly[], where: string): boolean {
  if (all.length === 1) return true;
  // A card says at its end which deployment it is of, and may name others.
  const own = / · `(bgd-[^`]+)` · (?:status |no longer exists)/.exec(text)?.[1];
  if (own !== undefined) return own === id;
  const name = all.find((it) => it.id === id)?.name;
  return where !== "status" && (text.includes(id) || new RegExp(`^(?:🔴 |🟠 )?${name}(?:: | · )`, "u").test(text));
}

/** Expects of a moment that what is said is true, and that nothing said contradicts anything else said. */
export function expectTrueMoment({ planned: { standing, view, plan, failed: forbidding }, switched }: Moment, guard: Judged): void {
  const { worlds } = guard;
  const { id, phase, production, severity, members, offers, status } = standing;
  const where = JSON.stringify({
    phase,
    production,
    status,
    offers,
    members: members.map((it) => [it.name, it.status, it.outcome, it.bearer]),
    switched: [...switched],
  });
  const truly = everyDeployment(worlds).find((it) => it.id === id);
  if (!truly) throw new Error(`There never was ${id}.`);
  for (const it of switched) {
    const [of, name] = it.split("|");
    if (of !== id) continue;
    const named = members.filter((member) => member.name === name);
    // Renamed by hand, and without a record of the first names, it is called something else.
    expect(
      (named.length > 0 ? named : members).map(({ outcome }) => outcome),
      where,
    ).toContain("switched");
    expect(production, where).not.toBe("blue");
    expect(offers, where).not.toContain("recreate");
    expect(standing.mayDeleteGreen, where).toBe(false);
  }
  if (production === "blue") for (const pair of listedOf(truly)) expect(ledToBlue(worlds, pair), `${pair.name}: ${where}`).toBe(true);
  if (phase === "switched-over")
    for (const pair of listedOf(truly)) expect(wasSwitched(worlds, id, pair), `${pair.name}: ${where}`).toBe(true);
  if (phase === "ready") {
    expect(
      members.filter((it) => it.status !== undefined && it.status !== "AVAILABLE"),
      where,
    ).toEqual([]);
    expect(
      view.databases.filter((it) => it.status !== "available"),
      where,
    ).toEqual([]);
  }
  if (severity === "good") expect(["ready", "switched-over"], where).toContain(phase);
  const refusal = forbidding.map(({ id }) => id).join(" ");
  expectNoContradiction(standing, refusal === "" ? undefined : refusal, plan.checks, where);
}

const CALM = /Wait|Do not switch over|cannot be switched|Look|Find/;

function expectNoContradiction(
  standing: Moment["planned"]["standing"],
  refusal: string | undefined,
  checks: readonly Check[],
  where: string,
): void {
  const failed = checks.filter(({ result }) => result === "fail").map(({ id }) => id);
  // Which side is production must be known, and RDS must not disagree with itself: anything else is not "all ok".
  const open = checks.filter(
    ({ id, result }) => result === "fail" || (result === "unknown" && id === "production") || (result === "warn" && id === "replication"),
  );
  const { phase, offers, replication, operation, policy } = standing;
  const title = words.titleOf(standing);
  const next = words.nextStep(standing, IN_SLACK);
  const line = words.replicationLine(standing, IN_SLACK);
  const all = `${title} | ${next} | ${line} | refused: ${refusal} | ${failed} | ${where}`;
  const isBusy = (operation !== undefined && operation.failed === undefined) || (policy !== undefined && policy.state !== "asking");
  // RDS has ended what the operation waits for, which notices it at its next look.
  if (isBusy && !operation?.isOver) expect(phase, all).not.toBe("ready");
  if (phase === "ready") {
    expect(next, all).not.toMatch(CALM);
    expect(line, all).not.toMatch(/stopped|degraded|terminated|error/);
    expect(
      failed.filter((it) => it !== "claim"),
      all,
    ).toEqual([]);
    expect(["replicating", "unknown"], all).toContain(replication.state);
  }
  const isRetried = phase === "failed" && offers.includes("switchover");
  if (open.length === 0 && !isBusy) expect(phase === "ready" || isRetried, all).toBe(true);
  if (offers.includes("switchover"))
    expect(
      failed.filter((it) => it !== "claim"),
      all,
    ).toEqual([]);
  expect(/^Ready/.test(title), all).toBe(phase === "ready" && !/Being stopped/.test(title));
  if (/switch over (in a quiet hour|again)/.test(next)) expect(offers.includes("switchover") || isBusy, all).toBe(true);
  if (offers.includes("recreate") && !offers.includes("switchover")) expect(next, all).toMatch(/recreate/);
  if (phase === "degraded") expect(["degraded", "terminated"], all).toContain(replication.state);
  if (/(?<![Nn]ew )\b[Bb]lue (is still|stays|is not affected)/.test(next)) expect(standing.production, all).toBe("blue");
}

/** Expects that what went out is true: facts on the bus, how operations ended, and what RDS was asked to delete. */
export function expectTrueOutcomes(guard: Judged): void {
  const { worlds, outside, executions } = guard;
  expect(guard.harm).toEqual([]);
  const deployments = everyDeployment(worlds);
  const isWhole = (id: string | undefined) =>
    listedOf(deployments.find((it) => it.id === id)).every((pair) => wasSwitched(worlds, id ?? "", pair));
  for (const { type, detail } of outside.published) {
    if (type === "Switchover Completed") expect(isWhole(detail.deploymentId), JSON.stringify(detail)).toBe(true);
  }
  for (const { operation, output, requestId } of executions) {
    if (operation !== "switchover" || output?.outcome !== "done") continue;
    const request = outside.items.get(requestKey(requestId))?.item as OperationRequest | undefined;
    expect(isWhole(request?.deploymentId), JSON.stringify(output)).toBe(true);
  }
}

/** What the guard sent, as texts. */
export const sentTexts = ({ sent }: Pick<Judged, "sent">): Text[] =>
  sent.map(({ message, switched }) => ({ where: "Slack", text: textOf(message), switched }));

/** Every deployment that ever was, as it was last. */
export const everyDeployment = (worlds: readonly World[]): Truly[] => worlds.flatMap(({ ever }) => [...ever.values()]);

const listedOf = (truly: Truly | undefined): Pair[] => truly?.pairs.filter((it) => it.listed) ?? [];

const wasSwitched = (worlds: readonly World[], id: string, { name }: Pair): boolean =>
  worlds.some(({ switched }) => switched.has(`${id}|${name}`));

function ledToBlue(worlds: readonly World[], { name, blue }: Pair): boolean {
  const lately = worlds.flatMap((world) => world.during(STALE_MS));
  return lately.some(({ things }) => things[blue]?.exists === true && things[blue].name === name);
}
