import { describe, expect, it } from "vitest";
import type { Installation } from "../../../src/clients/slack/people.ts";
import { belongs, isWhereInstalled } from "../../../src/conversation/origin.ts";
import { readSlackRequest } from "../../../src/conversation/slack-request.ts";
import { commandOnFile, type PressOnFile, pressForm, pressOnFile } from "../../support/conversation/payloads.ts";

const WORKSPACE: Installation = { workspace: "T9TK3CUKW", inOrganisation: false };
const OF_ORGANISATION: Installation = { ...WORKSPACE, organisation: "E0001" };
// auth.test then answers the organisation's id in both.
const WHOLE: Installation = { workspace: "E0001", organisation: "E0001", inOrganisation: true };

const originOf = (name: PressOnFile, changed = {}) => {
  const actions = [{ type: "button", action_id: "hold", value: "1" }];
  const read = readSlackRequest(pressForm(pressOnFile(name, { actions, ...changed })));
  if (!read) throw new Error(`${name} was not read.`);
  return read.origin;
};

describe("whoever presses a button", () => {
  it.each<[PressOnFile, Installation, boolean, string]>([
    ["a press", WORKSPACE, true, "yes"],
    ["a press", { ...WORKSPACE, workspace: "T0OTHER" }, false, "no"],
    ["a press in a workspace of an organisation", OF_ORGANISATION, true, "yes"],
    ["a press in a workspace of an organisation", { ...OF_ORGANISATION, workspace: "T0SIBLING" }, false, "yes"],
    ["a press in a workspace of an organisation", WHOLE, true, "yes"],
    ["a press of somebody whose own workspace is another one of the organisation", OF_ORGANISATION, true, "unknown"],
    ["a press of somebody whose own workspace is another one of the organisation", WHOLE, true, "unknown"],
    ["a press of an app that an organisation installed", WHOLE, true, "yes"],
    ["a press of an app that an organisation installed", { ...WHOLE, workspace: "E0002", organisation: "E0002" }, false, "no"],
    ["a press of a stranger in a shared channel", WORKSPACE, true, "no"],
    ["a press of a stranger in a shared channel", OF_ORGANISATION, true, "unknown"],
  ])("%s, the app being in %j: is there %s, belongs to those who installed it: %s", (name, installed, isThere, belonging) => {
    const origin = originOf(name);
    expect([isWhereInstalled(origin, installed), belongs(origin, installed)]).toEqual([isThere, belonging]);
  });

  it("and is of another organisation is a stranger, wherever the app is installed", () => {
    const origin = originOf("a press of a stranger in a shared channel", { user: { id: "U03TBQ3FJ91", team_id: "E0OTHER" } });
    for (const installed of [WORKSPACE, OF_ORGANISATION, WHOLE]) expect(belongs(origin, installed)).toBe("no");
  });
});

describe("a command", () => {
  const typed = (changed: Record<string, string | undefined> = {}) => readSlackRequest(commandOnFile(changed))?.origin ?? {};

  it("comes from the workspace in which it was typed, whichever its typer's own is", () => {
    expect(typed()).toEqual({ workspace: "T0001", organisation: "E0001" });
    expect(isWhereInstalled(typed(), { workspace: "T0001", organisation: "E0001", inOrganisation: false })).toBe(true);
    expect(isWhereInstalled(typed({ team_id: "T0002" }), { workspace: "T0001", organisation: "E0001", inOrganisation: false })).toBe(false);
  });

  it("is taken in every workspace of an organisation that installed the app, and of no other", () => {
    expect(isWhereInstalled(typed({ team_id: "T0002" }), WHOLE)).toBe(true);
    expect(isWhereInstalled(typed({ enterprise_id: "E0002" }), WHOLE)).toBe(false);
    expect(isWhereInstalled(typed({ enterprise_id: undefined }), WHOLE)).toBe(false);
  });
});
