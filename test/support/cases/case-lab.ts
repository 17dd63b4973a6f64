import { readFileSync } from "node:fs";
import type { BlueGreenDeployment, DBCluster, DBClusterEndpoint, DBInstance } from "@aws-sdk/client-rds";
import { expect, onTestFinished } from "vitest";
import type { LabOptions } from "../../../lab/lab-options.ts";
import type { LabEnvelope } from "../../../lab/rds/rds.ts";
import { replay } from "../../../lab/replay/replay.ts";
import { type Stood, standAll } from "../../../lab/replay/stand.ts";
import { standingLine } from "../../../lab/replay/standing-line.ts";
import type { LabMessage } from "../../../lab/slack/messages.ts";
import { messageText } from "../../../lab/slack/text.ts";
import { MINUTE, pass } from "../handlers/sweeping.ts";
import { heading, openTestLab, severityOf, type TestLab, wholeText, withoutDetails } from "../lab/stage.ts";
import { changes } from "../operations/guarded.ts";

/** What RDS answers at one time, in the words of its Describe calls. */
export interface Answers {
  BlueGreenDeployments: BlueGreenDeployment[];
  DBClusters?: DBCluster[];
  DBInstances: DBInstance[];
  DBClusterEndpoints?: DBClusterEndpoint[];
}

/** What an event says, in the words of its EventBridge envelope. */
export type Said = Pick<LabEnvelope["detail"], "SourceType" | "SourceIdentifier" | "Date" | "Message"> &
  Partial<Pick<LabEnvelope["detail"], "EventID" | "EventCategories">>;

/** A case as it was published: what RDS answered from when on, and the events between. */
export interface Case {
  now: string;
  answers: Record<string, Answers>;
  events: Said[];
}

/** How a deployment stands, as `replay --json` and its line for each deployment say it. */
export interface Stands {
  deployment: string;
  phase: string;
  severity: string;
  members: { name: string; kind: string; outcome: string }[];
  production: string;
  replication: string;
  card: string;
  offers: string[];
  checklist: { id: string; result: string; reason: string; remedy: string }[];
}

/** Words that lead to the deletion of green, as a sentence, a button or a command. */
export const DELETES_GREEN = /delete[- ]target|with green|everything green|Recreate…|\brecreate\b/i;

/** A lab whose RDS answers what a case says. */
export interface CaseLab extends TestLab {
  /** RDS answers this from now on. */
  shows(answers: Answers | undefined): void;
  /** Each event happens at its own time; it reaches the guard unless events are lost. */
  happens(...events: Said[]): Promise<void>;
  /** Looks so many times, five minutes apart. */
  sweeps(times?: number): Promise<void>;
  /** How the first deployment stands. */
  stands(): Promise<Stands>;
  /** The card in the channel. */
  card(): string;
  /** The same, with its details. */
  wholeCard(): string;
  /** Everything that the channel says now: cards and entries, each with its details. */
  said(): string;
  /** The entries of threads, whole, with their details; the first line is what happened alone. */
  entries(): string[];
  /** How grave the card and the entries look, by their headings. */
  severities(): Record<string, string | undefined>;
}

const reviveDates = (key: string, value: unknown) => (key.endsWith("Time") && typeof value === "string" ? new Date(value) : value);

/** Reads the case of that name from `test/behaviour/cases`; `change` changes its text, for a case of the same kind. */
export function readCase(name: string, change: (text: string) => string = (text) => text): Case {
  const text = readFileSync(`test/behaviour/cases/${name}.json`, "utf8");
  return JSON.parse(change(text), reviveDates) as Case;
}

/** Opens a lab at the case's time whose RDS answers the `first` of its answers; with `lost` events, DescribeEvents alone lists them. */
export async function openCase(
  { now, answers }: Case,
  { first, lost = false, policy }: { first: string; lost?: boolean; policy?: LabOptions["policy"] },
): Promise<CaseLab> {
  const lab = await openTestLab({ at: now, policy, ...(lost && { lose: () => true }) });
  onTestFinished(async () => {
    const changed = changes(lab);
    await lab.close();
    // Nobody confirmed anything: whatever is shown, the guard changes nothing by itself.
    expect(changed).toEqual([]);
  });
  // What CloudWatch said is not part of the cases.
  lab.cloudwatch.noData(true);
  const shows = showing(lab);
  shows(answers[first]);
  const messages = () => withoutDetails(lab).filter(({ deleted }) => !deleted);
  const cards = () => messages().filter(({ threadTs }) => threadTs === undefined);
  const whole = (it: LabMessage) => wholeText(lab, it);
  const entryOf = (it: LabMessage) => [`*${heading(it)}*`, ...whole(it).split("\n").slice(1)].join("\n");
  return {
    ...lab,
    shows,
    async happens(...events) {
      for (const { Date: at, SourceType, SourceIdentifier, Message, EventID, EventCategories } of events) {
        await lab.clock.work(() => lab.clock.until(Date.parse(at)));
        const said = { sourceType: SourceType, sourceIdentifier: SourceIdentifier, message: Message };
        lab.rds.record({ ...said, eventId: EventID, categories: EventCategories });
        await lab.settled();
      }
    },
    async sweeps(times = 1) {
      for (let time = 0; time < times; time += 1) {
        await lab.clock.work(() => pass(lab, 5 * MINUTE));
        await lab.clock.work(() => lab.sweep());
      }
    },
    async stands() {
      const [stood] = await standAll(lab, lab.clock.now());
      return standsAs(stood);
    },
    // Whether somebody is on it is the guard's alone to know: a replay has nobody.
    card: () =>
      cards()
        .map(messageText)
        .join("\n")
        .replace(/(\n| {2})\[ I'm on it \]/g, ""),
    wholeCard: () => cards().map(whole).join("\n"),
    entries: () =>
      messages()
        .filter(({ threadTs }) => threadTs !== undefined)
        .map(entryOf),
    severities: () => Object.fromEntries(messages().map((it) => [heading(it), severityOf(it)])),
    said: () => messages().map(whole).join("\n\n"),
  };
}

const standsAs = (stood: Stood | undefined): Stands => {
  if (!stood) throw new Error("RDS lists no deployment.");
  return JSON.parse(standingLine(stood)) as Stands;
};

/** What `replay --json` says in the end of the events, where the files of deployments and databases were saved after them. */
export async function replayed({ events }: Case, answers: Answers | undefined): Promise<Stands> {
  const stood: Stood[] = [];
  const unhandled = await replay({
    events: events.map((it, index) => ({ key: String(index), at: Date.parse(it.Date), envelope: envelopeOf(it, index) })),
    seed({ rds }) {
      if (answers) rds.addDatabases(answers);
      answers?.BlueGreenDeployments.forEach(rds.addDeployment);
    },
    onReplayed: () => undefined,
    onLooked: () => undefined,
    onStood: (it) => stood.push(it),
    onError: (_event, message) => expect.fail(message),
  });
  expect(unhandled).toBe(0);
  return standsAs(stood[0]);
}

const KINDS = {
  BLUE_GREEN_DEPLOYMENT: ["deployment", "RDS Blue Green Deployment Event"],
  CLUSTER: ["cluster", "RDS DB Cluster Event"],
  DB_INSTANCE: ["db", "RDS DB Instance Event"],
} as const;

/** The event as EventBridge brings it, with `more` of its detail. */
export function envelopeOf(said: Said, index = 0, more: Record<string, unknown> = {}) {
  const [kind, type] = KINDS[said.SourceType];
  const SourceArn = `arn:aws:rds:ap-northeast-1:123456789012:${kind}:${said.SourceIdentifier}`;
  return {
    version: "0",
    id: `10000000-0000-4000-8000-${String(index).padStart(12, "0")}`,
    "detail-type": type,
    source: "aws.rds",
    account: "123456789012",
    time: `${said.Date.slice(0, 19)}Z`,
    region: "ap-northeast-1",
    resources: [SourceArn],
    detail: { EventCategories: ["empty"], ...said, SourceArn, ...more },
  };
}

/** What changes the answers: what was answered before is gone. */
function showing({ rds }: TestLab): CaseLab["shows"] {
  let before: Answers | undefined;
  return (answers) => {
    for (const { DBInstanceIdentifier = "", DBClusterIdentifier } of before?.DBInstances ?? [])
      if (!DBClusterIdentifier) rds.removeDatabase(DBInstanceIdentifier);
    for (const { DBClusterIdentifier = "" } of before?.DBClusters ?? []) rds.removeDatabase(DBClusterIdentifier);
    if (answers) rds.addDatabases(answers);
    const known = new Set(before?.BlueGreenDeployments.map(idOf));
    for (const deployment of answers?.BlueGreenDeployments ?? []) {
      if (known.delete(idOf(deployment))) rds.changeDeployment(idOf(deployment), { StatusDetails: undefined, ...deployment });
      else rds.addDeployment(deployment);
    }
    for (const gone of known) rds.changeDeployment(gone, undefined);
    before = answers;
  };
}

const idOf = ({ BlueGreenDeploymentIdentifier = "" }: BlueGreenDeployment): string => BlueGreenDeploymentIdentifier;
