import { announce, type ControlPlane, type NextSwitchover } from "../control-plane.ts";
import { isPair, setMembers } from "../progress.ts";
import type { Database, Deployment, Member } from "../state.ts";
import { timelineFor } from "../timelines/index.ts";
import type { Step } from "../timelines/timeline.ts";
import { handOver, type Part, partsOf, settle } from "./switchover-parts.ts";

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

/** The steps of a switchover that nothing stops; `done` is when the last change that can be rolled back is made. */
export function switchoverSteps(control: ControlPlane, deployment: Deployment, plan: NextSwitchover): { steps: Step[]; done: number } {
  const timeline = timelineFor(deployment);
  const parts = partsOf(deployment, plan);
  const end = AT.deploymentCompleted + Math.max(...parts.map(({ delay }) => delay));
  const steps = [
    { after: AT.membersInProgress, run: () => setMembers(deployment, "SWITCHOVER_IN_PROGRESS") },
    ...deployment.members.flatMap((member) => memberSteps(control, deployment, member, parts)),
    {
      after: AT.deploymentStarted,
      run: () => announce(control, deployment, `Switchover started on blue/green deployment ${deployment.name}.`, timeline.origin),
    },
    { after: AT.writesRefused, run: () => acceptWrites(deployment.members, () => false) },
    ...parts
      .filter(({ failure }) => !failure)
      .map(({ pair, delay }) => ({ after: AT.renamed + delay, run: () => handOver(control, pair) })),
    { after: AT.writesAccepted, run: () => acceptWrites(deployment.members, isProduction) },
    ...(timeline.afterRenames?.(control, deployment) ?? []),
    ...(plan.readersLater ? parts.map((part) => ({ after: AT.oldNameCompleted + part.delay, run: () => settle(part) })) : []),
    { after: end, run: () => complete(control, deployment, parts, plan) },
  ];
  return { steps, done: AT.renamed };
}

/**
 * What RDS says of one member. The names are taken before the renames; the completed event comes for both databases, under the names they
 * have by then.
 */
function memberSteps(control: ControlPlane, deployment: Deployment, member: Member, parts: readonly Part[]): Step[] {
  const { origin, switchoverWords } = timelineFor(deployment);
  const { source, target, greenName } = member;
  const words = switchoverWords(deployment, member);
  if (source.kind !== words.about || !isPair(member)) return [];
  const { delay = 0, failure } = parts.find(({ pair }) => pair === member) ?? {};
  const blue = source.identifier;
  const sync = words.sequenceSync?.(blue, greenName);
  const say = (after: number, message: string): Step => ({ after, run: () => announce(control, source, message, origin) });
  const completed = (after: number, database: Database): Step => ({
    after: after + delay,
    run: () => announce(control, database, words.completed(blue, greenName, source.identifier), origin),
  });
  const failed = failure?.reason === undefined ? [] : [say(AT.oldNameCompleted + delay, words.canceled(blue, greenName, failure.reason))];
  return [
    say(AT.started, words.started(blue, greenName)),
    ...(sync ? [say(AT.sequencesInitiated, sync.initiated), say(AT.sequencesCompleted, sync.completed)] : []),
    ...(target && !failure ? [completed(AT.newNameCompleted, target)] : []),
    ...(failure ? failed : [completed(AT.oldNameCompleted, source)]),
  ];
}

function acceptWrites(members: readonly Member[], accepts: (database: Database, member: Member) => boolean): void {
  for (const member of members) {
    for (const database of [member.source, member.target]) {
      if (database) database.acceptsWrites = accepts(database, member) && (database.kind === "cluster" || database.writer);
    }
  }
}

const isProduction = (database: Database, { source, target, switched }: Member): boolean => database === (switched ? target : source);

function complete(control: ControlPlane, deployment: Deployment, parts: readonly Part[], plan: NextSwitchover): void {
  const { endsAs = "SWITCHOVER_COMPLETED", fails = [] } = plan;
  for (const part of parts) settle(part);
  deployment.status = endsAs;
  if (endsAs === "SWITCHOVER_FAILED") {
    deployment.statusDetails = fails.flatMap(({ reason }) => reason ?? []).join(" ") || undefined;
    return;
  }
  if (fails.length > 0) deployment.statusDetails = "Switchover completed";
  announce(control, deployment, `Switchover completed on blue/green deployment ${deployment.name}.`, timelineFor(deployment).origin);
}
