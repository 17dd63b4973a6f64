import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressOf, listenerOf, startServer } from "../../../lab/server.ts";
import { answerSts } from "../../../lab/sts.ts";
import { type Ended, ended } from "../../support/ended.ts";

/** What AWS was asked, by service and operation. */
const asked: string[] = [];
let clone: string;
let server: Awaited<ReturnType<typeof startServer>>;

/** Who is signed in is known, and that there is no guard; everything else is refused, so that a command ends with its first call for something. */
async function refuse(request: Request): Promise<Response> {
  const body = await request.text();
  const target = request.headers.get("x-amz-target");
  const [, service = ""] = /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)/.exec(request.headers.get("authorization") ?? "") ?? [];
  asked.push(`${service} ${target?.split(".").at(-1) ?? new URLSearchParams(body).get("Action") ?? new URL(request.url).pathname}`);
  const message = "refused by the test";
  if (service === "events") return Response.json({ __type: "ResourceNotFoundException", message }, { status: 400 });
  if (target !== null) return Response.json({ __type: "AccessDeniedException", message }, { status: 403 });
  const error = `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${message}</Message></Error></ErrorResponse>`;
  return new Response(error, { status: 403, headers: { "content-type": "text/xml" } });
}

beforeAll(async () => {
  const others = ["events", "secretsmanager", "rds", "cloudformation", "ssm"].map((service) => [service, listenerOf(refuse)]);
  server = await startServer(0, () => ({
    aws: { sts: listenerOf(answerSts), ...Object.fromEntries(others) },
    other: listenerOf(refuse),
  }));
  clone = mkdtempSync(join(tmpdir(), "bluegreen-guard-clone-"));
  const folders = ["bin", "infra", "src", "local", "lab"];
  const files = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "package.json", "cdk.json", "*.schema.json", ...folders]);
  for (const file of String(files).split("\n").filter(Boolean)) cpSync(file, join(clone, file));
  symlinkSync(resolve("node_modules"), join(clone, "node_modules"));
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(clone, { recursive: true });
});

/** The lines of the README's shell blocks that run a program of this repository. */
const README = readFileSync("README.md", "utf8");
const commands = [...README.matchAll(/^```sh\n([\s\S]*?)^```/gm)]
  .flatMap(([, block = ""]) => block.split("\n"))
  .map((line) => line.replace(/\s+#.*$/, ""))
  .filter((line) => /^npx /.test(line));

/** Runs a command in the clone, signed in, with nobody at the terminal. */
function run(command: string): Promise<Ended> {
  asked.length = 0;
  const [program = "", ...args] = command.split(" ");
  const env = {
    PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter),
    HOME: clone,
    AWS_ENDPOINT_URL: addressOf(server),
    AWS_REGION: "ap-northeast-1",
    AWS_ACCESS_KEY_ID: "id",
    AWS_SECRET_ACCESS_KEY: "key",
    AWS_EC2_METADATA_DISABLED: "true",
    // Of the time of a synth, the CDK's own check of the template takes most: it is made for one of the commands that make the same template.
    CDK_VALIDATION: String(command === "npx cdk deploy"),
  };
  const child = spawn(program, args, { cwd: clone, env });
  child.stdin.end();
  return ended(child);
}

/** What each command asks AWS for first, and how it ends when that is refused. */
const EXPECTED: readonly (readonly [command: RegExp, asks: string, code: number])[] = [
  [/^npx bluegreen-guard init /, "events DescribeEventBus", 0],
  // Without the deployments, which it may not list here, there is nothing to watch.
  [/^npx bluegreen-guard watch/, "events DescribeEventBus", 2],
  [/^npx bluegreen-guard hello$/, "secretsmanager GetSecretValue", 1],
  [/^npx bluegreen-guard (status$|recreate |switchover )/, "rds DescribeBlueGreenDeployments", 1],
  // Nothing runs that it could stop, which the state folder says.
  [/^npx bluegreen-guard cancel /, "", 2],
  [/^npx bluegreen-guard doctor$/, "cloudformation DescribeStacks", 1],
  [/^npx cdk bootstrap /, "cloudformation DescribeStacks", 1],
  [/^npx cdk deploy$/, "ssm GetParameter", 1],
  [/^npx cdk diff$/, "cloudformation DescribeStacks", 1],
  // Whether to destroy is asked first, and there is nobody to answer.
  [/^npx cdk destroy$/, "", 1],
];

describe("a command of the README", () => {
  it("is one that is expected, and none of those is missing", () => {
    expect(commands.length).toBeGreaterThan(10);
    for (const command of commands)
      expect(
        EXPECTED.filter(([pattern]) => pattern.test(command)),
        command,
      ).toHaveLength(1);
    for (const [pattern] of EXPECTED)
      expect(
        commands.some((command) => pattern.test(command)),
        String(pattern),
      ).toBe(true);
  });

  it.each([...new Set(commands)].sort((a, b) => Number(/ init /.test(b)) - Number(/ init /.test(a))))(
    "runs as it is printed, up to its first call to AWS: %s",
    async (command) => {
      const [, asks = "", code] = EXPECTED.find(([pattern]) => pattern.test(command)) ?? [];
      const { code: ends, out, err } = await run(command);
      expect(asked[0] ?? "", `${out}\n${err}`).toBe(asks);
      expect(ends).toBe(code);
    },
  );

  it("that destroys gets as far as its question, and with the answer to CloudFormation", async () => {
    expect((await run("npx cdk destroy")).err).toContain("terminal (TTY) is not attached");
    await run("npx cdk destroy --force");
    expect(asked[0]).toBe("cloudformation DescribeStacks");
  });
});
