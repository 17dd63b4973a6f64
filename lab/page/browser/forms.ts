import type { Lists, Proposals } from "./offers.ts";

/** A field of an action's input. */
export interface Field {
  name: string;
  label: string;
  type?: "number" | "checkbox";
  value?: string | number | boolean;
  min?: number;
  max?: number;
  isWide?: boolean;
  /** A choice from a list that follows the databases. */
  choices?: keyof Lists;
  /** A choice from these: the words by the value. */
  options?: Readonly<Record<string, string>>;
  /** A list that follows the databases, beside which anything else may be written. */
  suggestions?: keyof Lists;
  /** What is proposed for the database that is chosen in the field `of`. */
  proposes?: keyof Proposals;
  of?: string;
}

/** An action's name, its words, and its fields. */
export interface Form {
  action: string;
  title: string;
  verb: string;
  fields: readonly Field[];
}

interface Group {
  title: string;
  forms: readonly Form[];
}

const reason = (value: string): Field => ({ name: "reason", label: "Reason", value, isWide: true });
const count = (value: number): Field => ({ name: "count", label: "How many", type: "number", value, min: 1, max: 1000 });
const deployment: Field = { name: "deployment", label: "Deployment", choices: "deployments" };

/** What a visitor can do. */
export const GROUPS: readonly Group[] = [
  {
    title: "Be the team",
    forms: [
      {
        action: "create",
        title: "Create a blue/green deployment",
        verb: "Create",
        fields: [
          { name: "name", label: "Name", value: "visitor-1" },
          { name: "source", label: "Blue", choices: "sources" },
          { name: "version", label: "Green's engine version", value: "", proposes: "upgrades", of: "source" },
          { name: "clusterParameterGroup", label: "Green's cluster parameter group", value: "", proposes: "clusterGroups", of: "source" },
          { name: "parameterGroup", label: "Green's parameter group", value: "", proposes: "groups", of: "source" },
        ],
      },
      {
        action: "delete",
        title: "Delete a deployment",
        verb: "Delete",
        fields: [deployment, { name: "withGreen", label: "Together with green", type: "checkbox", value: true }],
      },
      { action: "recreate", title: "Have the guard recreate a deployment", verb: "Plan and confirm", fields: [deployment] },
      {
        action: "switchover",
        title: "Switch over",
        verb: "Switch over",
        fields: [deployment, { name: "timeoutSeconds", label: "Timeout in seconds", type: "number", value: 300, min: 30, max: 3600 }],
      },
      {
        action: "ddl",
        title: "Run a statement on a database",
        verb: "Run",
        fields: [
          { name: "database", label: "Database", choices: "databases" },
          { name: "statement", label: "Statement", value: "ALTER TABLE orders ADD COLUMN note text", isWide: true },
        ],
      },
    ],
  },
  {
    title: "Be AWS on a bad day",
    forms: [
      {
        action: "fail-creation",
        title: "Fail the next creation",
        verb: "Arrange",
        fields: [reason("Green's storage could not be created.")],
      },
      { action: "stick-creation", title: "Let the next creation get stuck", verb: "Arrange", fields: [] },
      { action: "cancel-switchover", title: "Cancel the next switchover", verb: "Arrange", fields: [reason("Replica lag is too high.")] },
      { action: "throttle", title: "Refuse API calls as too many", verb: "Arrange", fields: [count(5)] },
    ],
  },
  {
    title: "Meddle with events",
    forms: [
      {
        action: "fate",
        title: "Change what befalls the next events",
        verb: "Arrange",
        fields: [{ name: "kind", label: "They are", options: { drop: "lost", delay: "delayed", double: "sent twice" } }, count(3)],
      },
      {
        action: "event",
        title: "Send an event in words of your own",
        verb: "Send",
        fields: [
          {
            name: "sourceType",
            label: "Of a",
            options: { CLUSTER: "cluster", DB_INSTANCE: "instance", BLUE_GREEN_DEPLOYMENT: "deployment" },
          },
          { name: "source", label: "Its name", value: "db-cluster", suggestions: "names" },
          { name: "message", label: "Message", value: "Replication has been <b>degraded</b> by <@everyone>.", isWide: true },
        ],
      },
    ],
  },
  {
    title: "Take Slack away",
    forms: [
      {
        action: "slack-429",
        title: "Too many requests (429)",
        verb: "Arrange",
        fields: [
          count(3),
          { name: "retryAfterSeconds", label: "Try again after, in seconds", type: "number", value: 30, min: 1, max: 3600 },
        ],
      },
      {
        action: "slack-down",
        title: "Take Slack down",
        verb: "Take down",
        fields: [{ name: "minutes", label: "Minutes of the lab's clock", type: "number", value: 30, min: 1, max: 10080 }],
      },
      { action: "slack-up", title: "Let Slack work again", verb: "Let it work", fields: [] },
    ],
  },
  {
    title: "Kill the guard",
    forms: [
      { action: "kill-guard", title: "Kill it in the middle of its work", verb: "Kill", fields: [] },
      { action: "start-guard", title: "Start it again", verb: "Start", fields: [] },
    ],
  },
];
