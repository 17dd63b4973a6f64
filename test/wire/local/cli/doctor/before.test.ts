import { describe, expect, it } from "vitest";
import { SLACK_SECRET } from "../../../../../lab/secrets.ts";
import { GIVEN, openDoctorLab } from "../../../../support/local/doctor-lab.ts";

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
