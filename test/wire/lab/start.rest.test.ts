import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type Ended, ended } from "../../support/ended.ts";
import { BIN, runNode, startNode } from "../../support/local/hello-run.ts";

/** Runs `npm start`'s program to its end. */
function run(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ["lab/start.ts", ...args]);
  return ended(child);
}

/** What the process has printed, once `text` is in it. */
function said(child: ChildProcess, text: string): Promise<string> {
  let out = "";
  return new Promise((resolve) =>
    child.stdout?.on("data", (data) => {
      out += data;
      if (out.includes(text)) resolve(out);
    }),
  );
}

async function act(url: string, action: string, input: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/do/${action}`, { method: "POST", headers, body: JSON.stringify(input) });
  expect(await answer.json()).toHaveProperty("said");
}

/** The time of the lab's AWS, in milliseconds since 1970. */
async function timeAt(url: string): Promise<number> {
  return Date.parse((await fetch(url)).headers.get("date") ?? "");
}

async function end(child: ChildProcess): Promise<void> {
  const ending = once(child, "exit");
  child.kill("SIGINT");
  await ending;
}

/** The state that a viewer of the page is sent first. */
async function stateOf(url: string): Promise<string> {
  const leave = new AbortController();
  const { body } = await fetch(`${url}/feed`, { signal: leave.signal });
  let text = "";
  for await (const chunk of body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes("\n\n")) break;
  }
  leave.abort();
  return text;
}

describe("npm start", () => {
  it("answers a bad option with what is wrong, where the usage is, and exit code 2", async () => {
    const { code, out, err } = await run("--speed", "fast");
    expect(code).toBe(2);
    expect(err).toBe('--speed takes a number from 1 to 100000; received "fast".\nSee npm start -- --help\n');
    expect(out).toBe("");
  });

  it("says in a line that a port is in use", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
    });
    const { code, err } = await run("--port", String(port));
    server.close();
    expect(code).toBe(1);
    expect(err.trim().split("\n")).toEqual([expect.stringContaining(`127.0.0.1:${port}`)]);
  });

  it("keeps the speed that a visitor of the page chose when another story begins", async () => {
    const child = spawn(process.execPath, ["lab/start.ts", "--no-story", "--port", "0", "--speed", "50"]);
    onTestFinished(() => void child.kill());
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said(child, "stays up"))?.[0] ?? "";
    await act(url, "speed", { speed: 900 });
    await act(url, "pause", {});
    await act(url, "play", { name: "creation-fails" });
    await said(child, "begins anew");
    await expect.poll(() => stateOf(url).catch(() => "")).toContain('"speed":900');
  });

  it("stays up where a story needs the guard that is not there, and says that it ends", async () => {
    const child = spawn(process.execPath, [
      "lab/start.ts",
      "--story",
      "switchover-cancelled",
      "--no-guard",
      "--port",
      "0",
      "--speed",
      "100000",
    ]);
    onTestFinished(() => void child.kill());
    const out = await said(child, "The lab stays up");
    expect(out).toContain(
      "The story ends here. Its next step was refused (ResourceNotFoundException: Event bus bluegreen-guard does not exist.)",
    );
    expect(child.exitCode).toBeNull();
  });

  it("begins with --no-guard as an account in which a terminal may watch, until a visitor has the guard started", async () => {
    const child = spawn(process.execPath, ["lab/start.ts", "--no-story", "--no-guard", "--port", "0"]);
    onTestFinished(() => void child.kill());
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said(child, "stays up"))?.[0] ?? "";
    const state = await mkdtemp(join(tmpdir(), "bluegreen-guard-start-"));
    onTestFinished(() => rm(state, { recursive: true }));
    const aws = { AWS_ENDPOINT_URL: url, AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "lab", AWS_SECRET_ACCESS_KEY: "lab" };
    const watch = () => runNode([BIN, "watch", "--once", "--state", state], aws);
    expect(await watch()).toMatchObject({ code: 0, err: "", out: expect.stringContaining("It sees no blue/green deployment to watch.") });
    expect(await stateOf(url)).toContain('"guard":{"alive":false}');
    await act(url, "start-guard", {});
    expect(await watch()).toMatchObject({ code: 2, err: expect.stringContaining("The guard is deployed in this account and region") });
    await expect.poll(() => stateOf(url)).toContain('"guard":{"alive":true}');
  });

  it("begins anew for terminals as well: what they keep of an earlier lab at its address goes, unless one is at work", async () => {
    const cwd = await mkdtemp(join(tmpdir(), "bluegreen-guard-start-"));
    onTestFinished(() => rm(cwd, { recursive: true }));
    const lab = (port: string) => startNode([resolve("lab/start.ts"), "--no-story", "--no-guard", "--port", port], {}, cwd);
    const first = lab("0");
    onTestFinished(() => void first.kill());
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said(first, "stays up"))?.[0] ?? "";
    const { port } = new URL(url);
    const aws = { AWS_ENDPOINT_URL: url, AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "lab", AWS_SECRET_ACCESS_KEY: "lab" };
    const kept = join(cwd, ".bluegreen-guard", `123456789012.ap-northeast-1.127.0.0.1_${port}`);
    const watch = startNode([resolve(BIN), "watch", "--every", "3600"], aws, cwd);
    onTestFinished(() => void watch.kill("SIGKILL"));
    await said(watch, "no blue/green deployment");
    await end(first);

    const beside = lab(port);
    onTestFinished(() => void beside.kill());
    expect(await said(beside, "stays up")).toContain("A terminal is still at work with what it knows of an earlier lab");
    expect(existsSync(kept)).toBe(true);
    await Promise.all([end(beside), end(watch)]);

    const after = lab(port);
    onTestFinished(() => void after.kill());
    expect(await said(after, "stays up")).not.toContain("still at work");
    expect(existsSync(kept)).toBe(false);
  });

  it("lets its time go on where a visitor has another story played, as a terminal that watches expects of AWS", async () => {
    const child = spawn(process.execPath, ["lab/start.ts", "--no-story", "--port", "0", "--speed", "100000"]);
    onTestFinished(() => void child.kill());
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(await said(child, "stays up"))?.[0] ?? "";
    await act(url, "pause", {});
    const before = await timeAt(url);
    expect(before).toBeGreaterThan(Date.now() + 3_600_000);
    await act(url, "play", { name: "creation-fails" });
    await said(child, "begins anew");
    await expect.poll(() => timeAt(url).catch(() => 0)).toBeGreaterThanOrEqual(before);
  });

  it("ends when the process that started it is killed", async () => {
    const shell = spawn("sh", ["-c", `"${process.execPath}" lab/start.ts --no-story --port 0; true`]);
    const end = ended(shell);
    await new Promise((resolve) => shell.stdout.once("data", resolve));
    shell.kill("SIGKILL");
    // "close" comes only once the lab has closed the output that it inherited.
    expect((await end).out).toContain("stays up until Ctrl-C");
  });
});
