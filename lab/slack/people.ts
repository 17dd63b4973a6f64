/** Somebody in the lab's workspace. */
export interface LabPerson {
  readonly id: string;
  readonly name: string;
  /** What the guard lets him do, in words for the page. */
  readonly role: string;
}

/** The workspace as Slack knows it. */
export const TEAM = { id: "T0LAB", domain: "lab" };

/** The user group whose members may operate, beside Alice. */
export const DBA_GROUP = "S0DBA";

/** Who is in the channel; the first types where nobody else is named. */
export const PEOPLE: readonly LabPerson[] = [
  { id: "U0ALICE", name: "alice", role: "operator" },
  { id: "U0BOB", name: "bob", role: "operator, by the user group dba" },
  { id: "U0CAROL", name: "carol", role: "no operator" },
];

/** The members of user groups, by the group's id. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = { [DBA_GROUP]: ["U0BOB"] };

/** Who may operate in the lab. */
export const OPERATORS: readonly string[] = ["U0ALICE", DBA_GROUP];
