import { blueNameOf, isGreenName, rdsName } from "../deployments/arn.ts";
import { type DeploymentView, databaseAt, type Member } from "../deployments/deployment.ts";
import { isExchanged } from "../deployments/membership.ts";
import type { Origin, OriginMember } from "../facts/memory.ts";

const SWITCHED = /^SWITCHOVER_(COMPLETED|IN_PROGRESS)$/;

/**
 * The record of the first look; undefined if any member is or was switched, or a target does not bear a name that RDS gives to green: who is
 * production could then only be guessed.
 */
export function originOf(view: DeploymentView): Origin | undefined {
  const { deployment } = view;
  const pairs = pairsOf(deployment);
  if (SWITCHED.test(deployment.status) || pairs.some(({ status = "" }) => SWITCHED.test(status))) return undefined;
  if (pairs.some(({ source, target }) => source === undefined || (target !== undefined && !isGreenName(rdsName(target).name))))
    return undefined;
  if (pairs.some((pair) => isExchanged(pair) || isReversed(pair))) return undefined;
  return { members: pairs.map((pair) => originMember(view, pair)) };
}

/** The record with the resource ids and members that `view` adds to it; the same object if it adds none. */
export function originAfter(origin: Origin | undefined, view: DeploymentView): Origin | undefined {
  const now = originOf(view);
  if (!origin || !now) return origin ?? now;
  const added = now.members.filter((it) => !origin.members.some((first) => isSamePair(first, it)));
  const known = origin.members.map((it) => {
    const seen = now.members.find(({ kind, name }) => it.kind === kind && it.name === name);
    const more = { blue: it.blue ?? seen?.blue, greenName: it.greenName ?? seen?.greenName, green: it.green ?? seen?.green };
    const isKnown = more.blue === it.blue && more.greenName === it.greenName && more.green === it.green;
    return isKnown ? it : { ...it, ...more };
  });
  const isSame = added.length === 0 && known.every((it, index) => it === origin.members[index]);
  return isSame ? origin : { members: [...known, ...added] };
}

/** True for a source with the name that RDS gives to green of the target: somebody has exchanged them by hand. */
export function isReversed({ source = "", target }: Pick<Member, "source" | "target">): boolean {
  const { name } = rdsName(source);
  return target !== undefined && isGreenName(name) && blueNameOf(name) === rdsName(target).name;
}

/** True under whatever name: a blue that somebody renamed is not another member. */
function isSamePair(first: OriginMember, now: OriginMember): boolean {
  const isOne = (a: string | undefined, b: string | undefined) => a !== undefined && a === b;
  return (
    first.kind === now.kind &&
    (first.name === now.name || isOne(first.greenName, now.greenName) || isOne(first.blue, now.blue) || isOne(first.green, now.green))
  );
}

function originMember(view: DeploymentView, { source = "", target }: Member): OriginMember {
  const { kind, name } = rdsName(source);
  const greenName = target && rdsName(target).name;
  const [blue, green] = [databaseAt(view, source)?.resourceId, databaseAt(view, target)?.resourceId];
  // One id for both, as an emulator may give, tells nothing apart.
  return { kind, name, blue, greenName, green: green === blue ? undefined : green };
}

/** The deployment's members; its own pair if RDS lists none. */
export function pairsOf({ members, source, target, status }: DeploymentView["deployment"]): Member[] {
  return members.length > 0 ? members : [{ source, target, status: status.startsWith("SWITCHOVER_") ? status : undefined }];
}
