/** What the guard remembers of a deployment's names, which no later answer of RDS can say or take back. */
export interface Memory {
  /** Absent if the guard first saw the deployment when a member had been switched already. */
  origin?: Origin;
  /** The members once seen switched, as `db:NAME` with the name that blue bore. */
  switched?: readonly string[];
  /** Present while a switchover has ended, by RDS's word, and members are left over. */
  looks?: Looks;
}

/**
 * Which database bore which name when the guard first saw the deployment, and no member had been switched: it says for good what was blue.
 *
 * Names change hands at a switchover and can be changed by hand; resource ids stay.
 */
export interface Origin {
  members: readonly OriginMember[];
}

/** One pair as it was first recorded. */
export interface OriginMember {
  /** RDS's own word for the kind: `cluster`, `db`, `cluster-endpoint`, … */
  kind: string;
  /** The name that blue bore. */
  name: string;
  /** Blue's resource id, if RDS described it. */
  blue?: string;
  /** Green's name and resource id, once green exists. */
  greenName?: string;
  green?: string;
}

/** What consecutive looks have in common. */
export interface Looks {
  /** What did not change. */
  shows: string;
  /** When it was first seen, ISO 8601. */
  since: string;
  count: number;
}
