import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { onTestFinished } from "vitest";
import type { Template } from "../../../lab/stack/template.ts";
import { type Line, lineOf } from "../../../local/cli/doctor/check.ts";
import { checksFor } from "../../../local/cli/doctor/doctor.ts";
import { openVisit, type VisitOptions } from "../../../local/cli/doctor/visit.ts";
import type { Given } from "../../../src/settings/given.ts";
import { type Ended, ended } from "../ended.ts";
import { synthesized } from "../infra/synth.ts";
import { openTestLab, type TestLab } from "../lab/stage.ts";
import { BIN, startNode } from "./hello-run.ts";

/** The settings file that fits the lab's deployed guard. */
export const GIVEN: Given = {
  slackChannel: "C0123456789",
  slackSecret: "create",
  operators: "none",
  alarmEmail: "oncall@example.com",
};

/** A lab for `doctor`. */
export interface DoctorLab extends TestLab {
  /** Has `doctor` ask in this process, over the wire; answers its lines by their ids. */
  doctor(options?: Partial<VisitOptions>): Promise<Map<string, Line>>;
  /** Runs the command in a folder with this settings file. */
  run(args: string[], settings?: Given | string, environment?: Record<string, string | undefined>): Promise<Ended>;
}

/** Opens the lab; `deployed` has the guard deployed there, as its template says. It ends with the test. */
export async function openDoctorLab({ deployed = true }: { deployed?: boolean } = {}): Promise<DoctorLab> {
  const template = deployed ? (structuredClone(synthesized().template.toJSON()) as Template) : undefined;
  const lab = await openTestLab({ at: new Date().toISOString(), records: undefined, deployed: template });
  const folder = await mkdtemp(join(tmpdir(), "bluegreen-guard-doctor-"));
  onTestFinished(async () => {
    await lab.close();
    await rm(folder, { recursive: true, force: true });
  });
  const aws = { endpoint: lab.url, region: "ap-northeast-1", credentials: { accessKeyId: "lab", secretAccessKey: "lab" } };
  const environment = {
    AWS_ENDPOINT_URL: lab.url,
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "lab",
    AWS_SECRET_ACCESS_KEY: "lab",
    SLACK_API_URL: `${lab.url}/slack/api/`,
  };
  return {
    ...lab,
    async doctor(options = {}) {
      const visit = await openVisit({
        stack: "BlueGreenGuard",
        allowed: { post: false, stop: false },
        given: GIVEN,
        region: aws.region,
        sdk: aws,
        light: aws,
        slack: { apiUrl: `${lab.url}/slack/api/` },
        pause: (ms) => lab.clock.until(lab.clock.now() + ms),
        now: () => lab.clock.now(),
        ...options,
      });
      const lines = new Map<string, Line>();
      for (const check of checksFor(visit)) lines.set(check.id, await lineOf(check, visit));
      return lines;
    },
    async run(args, settings = GIVEN, more = {}) {
      await writeFile(join(folder, "bluegreen-guard.json"), typeof settings === "string" ? settings : JSON.stringify(settings));
      return ended(startNode([resolve(BIN), "doctor", ...args], { ...environment, ...more }, folder));
    },
  };
}
