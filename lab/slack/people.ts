/** Somebody in the lab's workspace. */
export interface LabPerson {
  readonly id: string;
  readonly name: string;
  /** What the guard lets them do, in words for the page. */
  readonly role: string;
}

/** The workspace as Slack knows it. */
export const TEAM = { id: "T0LAB", domain: "lab" };

/** Where the app is installed: in a workspace, of an organisation or not, or in the organisation as a whole. */
export interface LabInstallation {
  /** The organisation's id where it is installed in the organisation as a whole. */
  team_id: string;
  enterprise_id?: string;
  is_enterprise_install: boolean;
}

/** The user group whose members may operate, in addition to those on call. */
export const DBA_GROUP = "S0DBA";

/** The people in the channel; the first one types unless another is named. */
export const PEOPLE: readonly LabPerson[] = [
  { id: "U0ONCALL", name: "oncall", role: "operator" },
  { id: "U0COLLEAGUE", name: "colleague", role: "operator, by the user group dba" },
  { id: "U0DEVELOPER", name: "developer", role: "no operator" },
];

/** The members of user groups, by the group's id. */
export const GROUPS: Readonly<Record<string, readonly string[]>> = { [DBA_GROUP]: ["U0COLLEAGUE"] };

/** Who may operate in the lab. */
export const OPERATORS: readonly string[] = ["U0ONCALL", DBA_GROUP];
