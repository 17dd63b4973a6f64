import { describe, expect, it } from "vitest";
import { SLACK_SECRET } from "../../../../../lab/secrets.ts";
import { GIVEN, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

// A doctor asks some forty questions, and the stack is synthesized first.

const NAMED = { ...GIVEN, slackSecret: SLACK_SECRET };

describe("doctor, before a deploy,", () => {
  it("passes where everything is as a guard needs it, and says that nothing is deployed", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const { code, out, err } = await run([], NAMED);
    expect(err).toBe("");
    expect(out).toContain("No guard is deployed there as the stack BlueGreenGuard.");
    expect(out).toContain("0 fail, 0 unknown. What can be asked only of a deployed guard was not asked.");
    expect(code).toBe(0);
  });

  it("writes a line of JSON for each question, in which no token is", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const { code, out } = await run(["--json"], NAMED);
    const lines = out
      .trim()
      .split("\n")
      .map((it) => JSON.parse(it) as Record<string, string>);
    expect(lines[0]).toMatchObject({ id: "where", result: "pass", came: "account 123456789012, ap-northeast-1, partition aws" });
    for (const line of lines) expect(Object.keys(line).sort()).toEqual(expect.arrayContaining(["asked", "came", "id", "means", "result"]));
    expect(out).not.toMatch(/xoxb|signing-secret/);
    expect(code).toBe(0);
  });

  it("exits with 1 where something fails", async () => {
    const { run, account } = await openDoctorLab({ deployed: false });
    account.bootstrapVersion = undefined;
    const { code, out } = await run([], NAMED);
    expect(out).toContain("✘ bootstrap: ");
    expect(out).toContain("→ Run once: npx cdk bootstrap aws://123456789012/ap-northeast-1");
    expect(code).toBe(1);
  });

  it("exits with 2 where the settings file is wrong, and asks nothing", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const { code, out, err } = await run([], '{"slackChanel": "C0123456789"}');
    expect(err).toContain("slackChanel is no setting of the guard.");
    expect([code, out]).toEqual([2, ""]);
  });

  it("says who has to sign in where nobody is", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const { code, out } = await run([], NAMED, { AWS_ACCESS_KEY_ID: undefined });
    expect(out).toContain("? where: ");
    expect(out).toContain("→ Sign in to AWS (aws sso login");
    expect(code).toBe(1);
  });

  it("says which profile has no credentials", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const { code, out } = await run([], NAMED, { AWS_ACCESS_KEY_ID: undefined, AWS_PROFILE: "nope" });
    expect(out).toContain('→ AWS_PROFILE names the profile "nope", which has no credentials here');
    expect(code).toBe(1);
  });

  it.each([
    ["", "ENOENT"],
    ["nowhere/doctor.json", "ENOENT"],
    [".", "EISDIR"],
    ["bluegreen-guard.json/doctor.json", "ENOTDIR"],
  ])("asks nothing where --record cannot be written to: %j", async (file, code) => {
    const { run, rds } = await openDoctorLab({ deployed: false });
    const received = await run(["--record", file], NAMED);
    const words = `--record takes the path of a file that can be written, in a folder that is there; received "${file}" (${code}).\nSee `;
    expect(received).toMatchObject({ code: 2, out: "", err: expect.stringContaining(words) });
    expect(rds.calls).toEqual([]);
  });

  it.each([[["--json"]], [["--stack", "X", "--post"]], [["--record=x"]], [["--stop", "--stop"]]])(
    "has --rehearse stand alone: not beside %j",
    async (others) => {
      const { run } = await openDoctorLab({ deployed: false });
      const { code, out, err } = await run(["--rehearse", ...others]);
      expect([code, out]).toEqual([2, ""]);
      expect(err).toMatch(/^--rehearse prints the commands and asks nothing, so it stands alone; received --\w+( and --\w+)? as well\.$/m);
    },
  );

  it("says what cannot be reached: Slack, or AWS", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const nowhere = "http://127.0.0.1:1/";
    const slack = await run([], NAMED, { SLACK_API_URL: nowhere });
    expect(slack.out).toContain(`→ Slack at ${nowhere}, which SLACK_API_URL or the setting slackApiUrl names, cannot be reached`);
    const aws = await run([], NAMED, { AWS_ENDPOINT_URL: nowhere });
    expect(aws.out).toContain("→ AWS cannot be reached from this computer");
  });

  it("says that a bus without the stack may be a lab's, where one answers", async () => {
    const { run, bus, url } = await openDoctorLab({ deployed: false });
    bus.exists = true;
    const { code, out } = await run([], NAMED);
    expect(out).toContain(`or ${url} is a lab, whose own guard has a bus and no stack.`);
    expect(code).toBe(1);
  });

  it("says what it takes, and exits with 2 for anything else", async () => {
    const { run } = await openDoctorLab({ deployed: false });
    const { code, out } = await run(["--help"]);
    expect([code, out.slice(0, 31)]).toEqual([0, "Usage: bluegreen-guard doctor ["]);
    expect(await run(["--token"])).toMatchObject({ code: 2, out: "", err: expect.stringContaining("There is no option --token here.") });
  });

  it("prints the rehearsal without asking anything", async () => {
    const { run, rds } = await openDoctorLab({ deployed: false });
    const { code, out } = await run(["--rehearse"], "no JSON", { AWS_ACCESS_KEY_ID: undefined });
    expect([code, out.includes("aws rds create-blue-green-deployment")]).toEqual([0, true]);
    expect(rds.calls).toEqual([]);
  });
});
