import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import type { Deployment } from "../../../src/deployments/deployment.ts";
import { card } from "../../../src/messages/slack/card.ts";
import type { Phase } from "../../../src/standing/phase.ts";
import { type Standing, standingOf } from "../../../src/standing/standing.ts";
import { databasesOf, event, factsOf, first, rememberedOf, reportOf, second } from "../../support/deployments/upgrade.ts";
import { cardText, problemsOf } from "./sent.ts";

const facts = (message: string) =>
  factsOf([reportOf(event({ sourceType: "db-instance", sourceIdentifier: "db-instance-writer-green-8n9hio", message }))]);
const summary = (deployment: Deployment, message?: string, exists = true): Standing =>
  standingOf({
    view: { deployment, databases: databasesOf(deployment) },
    exists,
    facts: message ? facts(message) : [],
    memory: rememberedOf(deployment),
  });
const shown = (...of: Parameters<typeof summary>) => cardText(summary(...of));
const tasks = ["COMPLETED", "COMPLETED", "IN_PROGRESS", "PENDING"].map((status, index) => ({ name: `TASK_${index}`, status }));

describe("a card", () => {
  it.each<[Phase, string, string]>([
    ["provisioning", "Building green", "Wait: green is being built."],
    ["waiting", "Built, not ready yet", "It cannot be switched over."],
    ["ready", "Ready to switch over", "Test green, then switch over in a quiet hour: `npx bluegreen-guard switchover blue-green`"],
    [
      "degraded",
      "Degraded: cannot be switched over",
      "Delete it with green and create it again: `npx bluegreen-guard recreate blue-green`",
    ],
    ["recreating", "Being created again", "Wait: the deployment is being deleted and created again."],
    ["switching-over", "Switching over", "If it takes longer than its timeout, RDS rolls everything back."],
    ["switched-over", "Switched over", "Work through the list in the thread"],
    ["partly-switched-over", "Partly switched over: 0 of 2", "Delete nothing, blue or green, until no name leads to it."],
    ["failed", "Failed", "Find the reason, in the thread or in the RDS console, and fix it."],
    ["deleted", "Being deleted", "Wait until it is gone"],
    ["unknown", "In a status that the guard does not know", "the guard does not know the status `DELETING`"],
  ])("of phase %s says so in its title and says what to do next", (phase, title, next) => {
    const message = card({ ...summary(first({ status: "DELETING" })), phase });
    expect(problemsOf(message)).toEqual([]);
    expect(message.text).toMatch(new RegExp(`^(🔴 |🟠 )?blue-green: ${title}(\\. |$)`));
    expect(messageText(message).split("\n")[0]).toMatch(new RegExp(`^(🔴 |🟠 )?blue-green · ${title}$`));
    expect(messageText(message)).toContain(next);
  });

  it("names both sides with id, version, status, parameter groups and members", () => {
    expect(shown(first())).toContain(
      "*Green*\n`db-cluster-green-ak5mgh`\naurora-postgresql 15.5 · available\nparameter groups: `cluster-15`, `instance-15`\n" +
        "members: `db-instance-writer-green-8n9hio`",
    );
    expect(shown(first())).toContain("*Blue (production)*\n`db-cluster`\naurora-postgresql 14.10 · available");
    expect(shown(first({ target: undefined }))).toContain("*Green*\nnot there yet");
  });

  it("shows how far the building of green is, and at which task", () => {
    expect(shown(first({ status: "PROVISIONING", tasks }))).toContain("██░░ 2 of 4 tasks done, now `TASK_2`");
    expect(shown(first({ status: "PROVISIONING", tasks: [] }))).not.toContain("*Progress*");
  });

  it("says of replication no more than is known", () => {
    expect(shown(first())).toContain(
      "*Replication*\nnot reported: no event has told of it, and for Aurora the RDS API is not known to show it",
    );
    expect(shown(first(), "Replication has stopped.")).toContain(
      "*stopped* since 2024-02-05 11:41 UTC, reported by `db-instance-writer-green-8n9hio`",
    );
    expect(shown(first(), "Replication for the Read Replica resumed")).toContain("running since 2024-02-05 11:41 UTC");
    const building = first({ status: "PROVISIONING", tasks });
    expect(shown(building, "Replication for the Read Replica resumed")).toContain("running since 2024-02-05 11:41 UTC");
    expect(shown(building, "Replication has stopped.")).toContain(
      "*stopped* since 2024-02-05 11:41 UTC, reported by `db-instance-writer-green-8n9hio`; interruptions are normal while green is being built",
    );
    expect(shown(second())).toContain("ended with the switchover; nothing flows back to old blue");
    expect(shown(first(), "Replication has been degraded.", false)).toContain("*Replication*\nended with the deployment");
  });

  it("does not show that green did not replicate before the event that it does again", () => {
    const metric = { name: "ReplicaLag", side: "green", unit: "seconds", instance: "orders-green" } as const;
    const at = (time: string) => ({ at: `2024-02-05T${time}:00.000Z`, lag: { state: "not-replicating", metric, ageMs: 0 } as const });
    const running = summary(first(), "Replication for the Read Replica resumed");
    expect(cardText({ ...running, lag: at("11:38") })).not.toContain("Lag:");
    expect(cardText({ ...running, lag: at("11:43") })).toContain("Lag: green does not replicate (");
  });

  it("calls production what is production, also where the deployment was deleted after its switchover", () => {
    for (const deployment of [second(), second({ status: "DELETING" })])
      expect(shown(deployment)).toContain("*New blue (was green, production now)*\n`db-cluster`");
    expect(shown(second({ status: "DELETING" }))).toContain("The deployment alone is deleted: new blue stays production.");
    expect(shown(second(), undefined, false)).toContain("*Old blue*\n`db-cluster-old1`");
  });

  it("of a deployment that is gone shows no status of old", () => {
    const text = shown(first(), undefined, false);
    expect(text).toContain("blue-green · Deleted");
    expect(text).toContain("Nothing to do. This card will not change any more.");
    expect(text).toContain("no longer exists");
    expect(text).not.toContain("available");
  });

  it("shows RDS's details of a status, and the way out of a failure", () => {
    expect(shown(first({ status: "INVALID_CONFIGURATION", statusDetails: "Green was promoted." }))).toContain(
      "*Status details*\nGreen was promoted.",
    );
    expect(shown(first({ status: "SWITCHOVER_FAILED" }))).toContain(
      "Fix the reason, which the thread has, and switch over again: `npx bluegreen-guard switchover",
    );
    expect(shown(first({ status: "SWITCHOVER_FAILED" }), "Replication has been degraded.")).toContain("npx bluegreen-guard recreate");
  });

  it.each([
    ["aurora-postgresql", "15.5", "run no DDL on blue"],
    ["postgres", "14.11", "Green is read-only and follows blue, DDL included."],
    ["aurora-mysql", "8.0", "reach green through the binary log"],
  ])("for %s warns of what ruins a deployment of its kind, and of nothing else", (engine, engineVersion, warning) => {
    const databases = databasesOf(first(), { engine }).map((it) => (it.arn === first().target ? { ...it, engineVersion } : it));
    expect(cardText(standingOf({ view: { deployment: first(), databases }, facts: [] }))).toContain(warning);
  });

  it("lists no more than six names of a kind and counts the rest", () => {
    const parameterGroups = Array.from({ length: 9 }, (_, index) => `group-${index}`);
    const wide: Standing = { ...summary(first()), source: { arn: first().source, name: "db-cluster", parameterGroups, members: [] } };
    expect(cardText(wide)).toContain("`group-5` and 3 more");
    expect(cardText(wide)).toContain("does not exist");
  });
});
