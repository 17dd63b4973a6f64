import { describe, expect, it } from "vitest";
import { newRequest } from "../../../../src/operations/request.ts";
import { openRequests, writeRequest } from "../../../../src/operations/requests.ts";
import { elsewhere } from "../../../support/local/elsewhere.ts";
import { DEPLOYED, lastLine, openTerminalLab, type TerminalLab } from "../../../support/local/terminal-lab.ts";

const YES = ["recreate", "orders-15", "--yes", "--json"];

const outcomes = async ({ records }: TerminalLab) => (await openRequests(records)).map(({ outcome }) => outcome);

describe("a request for the deployed guard", { concurrent: true }, () => {
  it("stays as it is if whoever only follows it cannot hand it over once more", async ({ onTestFinished }) => {
    const lab = await openTerminalLab({ deployed: true, onTestFinished });
    const id = await lab.ruined();
    const asked = { operation: "recreate", deploymentId: id, deploymentName: "orders-15", blue: "cluster-A", stateHash: "0" } as const;
    await writeRequest(
      lab.records,
      newRequest("r1", { ...asked, requestedBy: "oncall", via: "terminal", approved: true }, lab.clock.now()),
    );
    const puts = [
      { BLUEGREEN_GUARD_BUS: "nosuch-bus" },
      { AWS_ENDPOINT_URL_EVENTBRIDGE: await elsewhere(onTestFinished, [403, '{"__type":"AccessDeniedException","message":"No."}']) },
      { AWS_ENDPOINT_URL_EVENTBRIDGE: await elsewhere(onTestFinished, [200, "<html/>"]) },
    ];
    for (const environment of puts) {
      const follower = lab.start(["recreate", "orders-15"], { ...DEPLOYED, ...environment });
      await follower.saw("It could not be handed to the guard once more");
      follower.signal("SIGKILL");
      await follower.ended;
      expect(await outcomes(lab)).toEqual([undefined]);
    }
  });

  it.for<[string, [number, string], string]>([
    [
      "refused in an answer of HTTP 200",
      [200, '{"FailedEntryCount":1,"Entries":[{"ErrorCode":"NotAuthorizedForDetailTypeException","ErrorMessage":"Not this."}]}'],
      'did not take "Recreate Requested"',
    ],
    ["answered with a page", [200, "<html>Sign in to the network</html>"], 'characters that begin with "<html>Sign in'],
    ["answered with nothing that EventBridge says", [200, "{}"], "is no answer of AWS's"],
    ["denied", [403, '{"__type":"AccessDeniedException","message":"No."}'], "docs/permissions.md"],
    [
      "answered with a failure of AWS's own",
      [500, '{"__type":"InternalException","message":"Oh."}'],
      "AWS refused: Oh. (InternalException)",
    ],
  ])("that was %s is said not to have begun, with why, and ends with its outcome", async ([_, answer, why], { onTestFinished }) => {
    const lab = await openTerminalLab({ deployed: true, onTestFinished });
    await lab.ruined();
    const ended = await lab.run(YES, { ...DEPLOYED, AWS_ENDPOINT_URL_EVENTBRIDGE: await elsewhere(onTestFinished, answer) });
    expect(ended.code).toBe(1);
    expect(ended.err).toContain("It could not be handed to the deployed guard, so nothing was begun.");
    expect(ended.err).toContain(why);
    expect(ended.err).not.toMatch(/^\s+at |tried again/m);
    expect(lastLine(ended)).toEqual({ outcome: "failed" });
    expect(await outcomes(lab)).toEqual([]);
    expect(lab.accepted("DeleteBlueGreenDeployment")).toEqual([]);
  });
});
