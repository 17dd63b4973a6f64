import { describe, expect, it } from "vitest";
import { messageText } from "../../../lab/slack/text.ts";
import type { Database } from "../../../src/deployments/deployment.ts";
import { advice } from "../../../src/messages/en/advice/advice.ts";
import { MEANINGS } from "../../../src/messages/en/signals.ts";
import { slackForm } from "../../../src/messages/slack/form.ts";
import { notice } from "../../../src/messages/slack/notice.ts";
import { rules } from "../../../src/rules/index.ts";
import { standingOf } from "../../../src/standing/standing.ts";
import { viewOf } from "../../support/deployments/recreating.ts";
import { sample, TEXTS } from "../../support/deployments/samples.ts";
import { databasesOf, event, first, second, told } from "../../support/deployments/upgrade.ts";
import { having, problemsOf } from "./sent.ts";

const AS = slackForm(false);

describe("the words of a thread entry", () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))("are its own for %s", (id, rule) => {
    const { entry } = having([sample(rule)]);
    const message = notice(entry);
    expect(problemsOf(message)).toEqual([]);
    expect(entry.signal).toBe(rule.foldsInto?.id ?? id);
    expect(advice(entry, AS).title === "An event that the guard does not know").toBe(id === "other-deployment-event");
    const { title, meaning = MEANINGS[(rule.foldsInto ?? rule).id] } = advice(entry, AS);
    expect(messageText(message)).toContain(`*${title}*\n${meaning}`);
    expect(message.text).toBe(`blue-green: ${advice(entry, AS).title}`);
  });

  it("quote what no rule knows, in full", () => {
    const unknown = event({
      sourceType: "blue-green-deployment",
      sourceIdentifier: first().id,
      message: TEXTS["other-deployment-event"] ?? "",
    });
    expect(messageText(notice(having([unknown]).entry))).toContain("> Words that AWS has never used before");
  });

  // What follows the known beginnings is not public.
  it.each(["connections-terminated", "green-accepts"])("quote RDS's own words of %s", (id) => {
    const said = event({ sourceType: "db-cluster", message: TEXTS[id] ?? "" });
    expect(messageText(notice(having([said]).entry))).toContain(`> ${TEXTS[id]}`);
  });

  it("quote a failure's text where no reason could be read in it, and else say the reason once", () => {
    const failed = (message: string) =>
      messageText(notice(having([event({ sourceType: "blue-green-deployment", sourceIdentifier: first().id, message })]).entry));
    expect(failed("Creation of blue/green deployment failed, sadly")).toContain("> Creation of blue/green deployment failed, sadly");
    const text = failed("Creation of blue/green deployment failed because max_replication_slots is too low.");
    expect(text).toContain("Reason: max_replication_slots is too low");
    expect(text).not.toContain("> ");
  });

  it("name at most four reporters, in the order of time, and count the rest", () => {
    const events = Array.from({ length: 6 }, (_, index) =>
      event({
        sourceType: "db-instance",
        sourceIdentifier: `r${index}`,
        message: "Replication has stopped.",
        date: `2024-02-05T11:41:0${6 - index}.000Z`,
      }),
    );
    expect(messageText(notice(having(events).entry))).toContain("reported by `r5` at 11:41:01 UTC, `r4` at 11:41:02 UTC, ");
    expect(messageText(notice(having(events).entry))).toContain("`r2` at 11:41:04 UTC and 2 more");
  });

  it("say that a second start within minutes may be another attempt", () => {
    const [start] = told("Switchover started on");
    const again = start && { ...start, date: "2024-02-05T11:46:00.000Z" };
    expect(messageText(notice(having(start && again ? [start, again] : [], second()).entry))).toContain(
      "RDS reported the start 2 times, which may be another attempt: see the times below.",
    );
  });

  it("do not take a replica of blue for green", () => {
    const stopped = event({ sourceType: "db-instance", sourceIdentifier: "db-instance-writer", message: "Replication has stopped." });
    const text = messageText(notice(having([stopped]).entry));
    expect(text).toContain("*Replication of blue's replica stopped*\nA replica of blue no longer follows its source.");
    expect(text).not.toContain("reen");
  });

  it("say why replication stopped, and what to do, once green is built", () => {
    const green = { sourceType: "db-instance", sourceIdentifier: "db-instance-writer-green-8n9hio" };
    const text = messageText(notice(having([event({ ...green, message: "Replication has stopped. Duplicate key." })]).entry));
    expect(text).toContain("Reason: Duplicate key");
    expect(text).toContain("look at green's error log. Until it runs again, RDS refuses a switchover or leaves this database out of it.");
  });

  it("say of a deletion what stays, by whether it was switched over", () => {
    const deleted = event({ sourceType: "blue-green-deployment", sourceIdentifier: first().id, message: "Blue/green deployment deleted." });
    expect(messageText(notice(having([deleted], first(), false).entry))).toContain("If nobody meant to delete it, create it again.");
    const after = having([deleted], second(), false).entry;
    const left = (databases: Database[]) => standingOf({ view: viewOf(second()), exists: false, facts: [], left: databases });
    expect(messageText(notice({ ...after, deployment: left(databasesOf(second())) }))).toContain(
      "Old blue `db-cluster-old1`, `db-instance-writer-old1` still exist and are billed until you delete them. On Aurora it may accept writes again.",
    );
    expect(messageText(notice({ ...after, deployment: left([]) }))).not.toContain("ld blue");
  });

  it("show a text without words nowhere as an empty quotation", () => {
    const { entry } = having(told("Replication has been degraded"));
    const [report] = entry.reports;
    if (!report) throw new Error("There is no report.");
    const silent = { ...report, message: " \n " };
    expect(problemsOf(notice({ ...entry, reports: [silent], richest: silent }))).toEqual([]);
  });
});
