import type { Form } from "../../form.ts";
import { sentence } from "../../sentences.ts";
import { counted } from "../counted.ts";

/** What a watch says while it watches. */
export const WATCHING = {
  tellsTerminal: (botToken: string): string => `It tells this terminal. With SLACK_CHANNEL and ${botToken} set it tells Slack.`,
  tellsSlack: (channel: string, bot: { name: string; workspace: string } | undefined, as: Form): string =>
    `It tells the Slack channel ${as.channel(channel)}${bot ? ` as @${as.text(bot.name, 90)} in the workspace ${as.text(bot.workspace, 90)}` : ""}.`,
  looksOnly: (folder: string, as: Form): string => `It only looks and tells. Its state is in ${as.code(folder, 600)}.`,
  once: "It looks once: nobody watches after that.",
  lasting: (every: number): string =>
    `It looks every ${every} s, tells of a deployment as soon as there is one, and watches only while it runs. Ctrl-C ends it. A deployed guard watches all the time.`,
  lookedAt: (at: string, every: number, as: Form): string => `Looked at ${as.clock(at)}, and looks again in ${every} s. Ctrl-C ends it.`,
  ended: (command: string): string => `Ended: nobody watches from here now. To watch again: ${command}`,
  told: { posted: "Told in the channel", replied: "Told in a thread", changed: "Changed" },
  seesAll: "It sees and tells everything again.",
  problems: (once: boolean): string => `It could not see or tell everything${once ? "" : ", and tries again at each look"}:`,
  waits: (why: string): string => `${sentence(why)} What it has to tell waits.`,
  settingsOf: (path: string, as: Form): string => `Its settings are those of ${as.code(path, 600)}.`,
  noTokenYet: (botToken: string): string => `No secret holds a token for its channel yet: set ${botToken}.`,
};

/** Why a watch does not begin. */
export const NOT_WATCHING = {
  nothingToSee: "It does not begin: without the blue/green deployments there is nothing to watch.",
  inUse: (holder: { pid: number; since: string } | undefined, as: Form): string => {
    const who = holder
      ? `Process ${holder.pid} of this computer has watched here since ${as.time(holder.since)}`
      : "Another process watches here";
    return `${who} and tells the same channel: one at a time. Leave it to that one, or end that one first.`;
  },
  slackSettings: (problems: string, needed: string): string => `${problems} Set ${needed}, or none of them: then the terminal is told.`,
};

const listed = (all: readonly string[]): string => (all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`);

/** What a watch sees. */
export const SEEING = {
  may: (sees: readonly string[]): string => (sees.length > 0 ? `It may see ${listed(sees)}.` : "It may see nothing."),
  mayNot: (caller: string | undefined, as: Form): string =>
    `It may not see everything. ${caller === undefined ? "Whoever signs in" : as.person({ name: caller })} lacks these permissions:`,
  lacks: (permission: string, without: string): string => `  ${permission}: ${without}`,
  withoutBus: "It does not see whether the guard is deployed here: --alone vouches that it is not.",
  unclear: (sees: string, refusal: string): string => `It could not find out whether it may see ${sees}: ${sentence(refusal)}`,
  leavesOut: (count: number, tag: string): string => `It leaves out ${count} without the tag ${tag}.`,
  none: "It sees no blue/green deployment to watch.",
  some: (count: number): string => `It sees ${count === 1 ? "one blue/green deployment" : counted(count, "blue/green deployment")}:`,
  deployment: (name: string, id: string, stands: string, as: Form): string => `  ${as.text(name, 90)} (${as.text(id, 60)}): ${stands}`,
  statusAlone: (status: string, as: Form): string => `${as.text(status, 60)}. More is not known of it.`,
};

/** What each permission lets a watch see, for the middle of a sentence, and what it cannot do without it. */
export const SIGHT_WORDS = {
  "rds:DescribeBlueGreenDeployments": {
    sees: "blue/green deployments",
    without: "It sees no deployment, so it has nothing to tell.",
  },
  "rds:DescribeEvents": {
    sees: "events",
    without: "It does not hear what RDS reports, such as the DDL that ruins a deployment: on Aurora nothing else says so.",
  },
  "rds:DescribeDBClusters": {
    sees: "clusters",
    without: "It tells nothing of deployments of Aurora clusters, since it does not see how they stand.",
  },
  "rds:DescribeDBInstances": {
    sees: "instances",
    without: "It tells nothing of any deployment, since it does not see how the instances stand.",
  },
  "rds:DescribeDBClusterEndpoints": {
    sees: "custom endpoints",
    without: "It tells nothing of deployments of clusters with custom endpoints.",
  },
  "cloudwatch:GetMetricData": { sees: "the lag", without: "How far green lags behind blue stays unknown." },
} as const;
