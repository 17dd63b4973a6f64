import { announce, type ControlPlane } from "../control-plane.ts";
import { isPair, pairsOf, setMembers } from "../progress.ts";
import type { Database, Deployment, Member } from "../state.ts";
import { timelineFor } from "../timelines/index.ts";
import type { Step, SwitchoverWords } from "../timelines/timeline.ts";

/** Milliseconds from the call to the failure of a synchronisation of sequences that is set to fail: before writes are refused. */
export const SEQUENCES_FAIL = 21_563;

/**
 * Milliseconds since the call. The article recorded minutes, the order within them and a write pause of 66.1 s; the green name of a
 * real pair spoke 8.8 s before the old one.
 */
const AT = {
  membersInProgress: 4_219,
  started: 9_437,
  sequencesInitiated: 14_871,
  sequencesCompleted: SEQUENCES_FAIL,
  deploymentStarted: 24_119,
  writesRefused: 25_884,
  renamed: 85_310,
  newNameCompleted: 88_203,
  writesAccepted: 92_028,
  oldNameCompleted: 96_978,
  deploymentCompleted: 103_641,
};

/** The steps of a switchover that goes well; `done` is when the last change that can be rolled back is made. */
export function switchoverSteps(control: ControlPlane, deployment: Deployment): { steps: Step[]; done: number } {
  const timeline = timelineFor(deployment);
  const { origin } = timeline;
  const { about } = timeline.switchoverWords(deployment);
  const speakers = deployment.members.filter(({ source }) => source.kind === about);
  const steps = [
    { after: AT.membersInProgress, run: () => setMembers(deployment, "SWITCHOVER_IN_PROGRESS") },
    ...speakers.flatMap((speaker) => memberSteps(control, speaker, timeline.switchoverWords(deployment, speaker), origin)),
    {
      after: AT.deploymentStarted,
      run: () => announce(control, deployment, `Switchover started on blue/green deployment ${deployment.name}.`, origin),
    },
    { after: AT.writesRefused, run: () => acceptWrites(deployment.members, () => false) },
    { after: AT.renamed, run: () => renameAll(control, deployment) },
    { after: AT.writesAccepted, run: () => acceptWrites(deployment.members, (database, { target }) => database === target) },
    ...(timeline.afterRenames?.(control, deployment) ?? []),
    { after: AT.deploymentCompleted, run: () => complete(control, deployment, origin) },
  ];
  return { steps, done: AT.renamed };
}

/** The names are taken before the renames; the completed event comes for both databases, under the names they have by then. */
function memberSteps(
  control: ControlPlane,
  { source, target, greenName }: Member,
  words: SwitchoverWords,
  origin: "recorded" | "lab",
): Step[] {
  const blue = source.identifier;
  const sync = words.sequenceSync?.(blue, greenName);
  const say = (after: number, message: string): Step => ({ after, run: () => announce(control, source, message, origin) });
  const completed = (after: number, database: Database): Step => ({
    after,
    run: () => announce(control, database, words.completed(blue, greenName, source.identifier), origin),
  });
  return [
    say(AT.started, words.started(blue, greenName)),
    ...(sync ? [say(AT.sequencesInitiated, sync.initiated), say(AT.sequencesCompleted, sync.completed)] : []),
    ...(target ? [completed(AT.newNameCompleted, target)] : []),
    completed(AT.oldNameCompleted, source),
  ];
}

/**
 * Green takes blue's names and tags, blue becomes `-old<n>`; the resource ids stay where they are. That custom endpoints, which are members
 * (AWS CLI reference, describe-blue-green-deployments, examples), change names alike is inferred: nobody can rename one by the API.
 */
function renameAll({ store }: ControlPlane, deployment: Deployment): void {
  const names = new Set([...store.clusters, ...store.instances, ...store.endpoints].map(({ kind, identifier }) => `${kind} ${identifier}`));
  for (const pair of pairsOf(deployment)) {
    const { source, target } = pair;
    if (target === undefined || !isPair(pair)) continue;
    pair.switched = true;
    const production = source.identifier;
    let number = 1;
    while (names.has(`${source.kind} ${production}-old${number}`)) number += 1;
    source.identifier = `${production}-old${number}`;
    target.identifier = production;
    if ("tags" in source && "tags" in target) target.tags = { ...source.tags };
  }
}

function acceptWrites(members: readonly Member[], accepts: (database: Database, member: Member) => boolean): void {
  for (const member of members) {
    for (const database of [member.source, member.target]) {
      if (database) database.acceptsWrites = accepts(database, member) && (database.kind === "cluster" || database.writer);
    }
  }
}

function complete(control: ControlPlane, deployment: Deployment, origin: "recorded" | "lab"): void {
  setMembers(deployment, "SWITCHOVER_COMPLETED");
  deployment.status = "SWITCHOVER_COMPLETED";
  announce(control, deployment, `Switchover completed on blue/green deployment ${deployment.name}.`, origin);
}
