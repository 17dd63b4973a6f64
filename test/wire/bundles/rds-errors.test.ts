import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, it, onTestFinished } from "vitest";
import { bundleOptions } from "../../../infra/bundles.ts";
import { addressOf } from "../../../lab/server.ts";

type Rds = typeof import("../../../src/clients/rds/rds.ts");

let bundled: Rds;

beforeAll(async () => {
  const outdir = await mkdtemp(join(tmpdir(), "bluegreen-guard-bundle-"));
  await build({ ...bundleOptions("watch"), entryPoints: { index: "src/clients/rds/rds.ts" }, outdir });
  bundled = (await import(pathToFileURL(join(outdir, "index.mjs")).href)) as Rds;
  return () => rm(outdir, { recursive: true, force: true });
});

/** The RDS client as it is bundled, of an RDS that answers everything with the error `code`. */
async function refusedWith(code: string, status: number) {
  const server = createServer((_, response) => {
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>said</Message></Error>`;
    response.sendDate = false;
    response.writeHead(status, { "content-type": "text/xml" });
    response.end(`<ErrorResponse xmlns="http://rds.amazonaws.com/doc/2014-10-31/">${error}</ErrorResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const credentials = { accessKeyId: "a", secretAccessKey: "b" };
  return bundled.createRds({ endpoint: addressOf(server), region: "ap-northeast-1", credentials, maxAttempts: 1 });
}

it("the bundled RDS client knows the error that the guard names", async () => {
  expect(await (await refusedWith("BlueGreenDeploymentNotFoundFault", 404)).deployment("bgd-1")).toBeUndefined();
});

it.each([
  ["InvalidDBInstanceState", 400],
  ["DBInstanceNotFound", 404],
  ["Throttling", 400],
])("any other error has RDS's own code, words and status: %s", async (name, httpStatusCode) => {
  const failing = (await refusedWith(name, httpStatusCode)).deployment("bgd-1");
  await expect(failing).rejects.toMatchObject({ name, message: "said", $metadata: { httpStatusCode } });
});
