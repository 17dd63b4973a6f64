import { globSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FUNCTIONS } from "../../../infra/bundle-folder.ts";
import { openDoctorLab } from "../../support/local/doctor-lab.ts";
import { openHelloLab, runNode } from "../../support/local/hello-run.ts";
import { lastLine, openTerminalLab } from "../../support/local/terminal-lab.ts";
import { type Consumer, installPackage } from "./consumer.ts";

let consumer: Consumer;
beforeAll(() => {
  consumer = installPackage();
});
afterAll(() => consumer?.remove());

const NODE_MODULES = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const BIN = ["node_modules", "bluegreen-guard", "bin", "bluegreen-guard.js"];

const APP = `
import { App, Stack } from "aws-cdk-lib";
import { BlueGreenGuard } from "bluegreen-guard";
const app = new App({ outdir: process.argv[2] });
new BlueGreenGuard(new Stack(app, "Databases"), "Guard", { slackChannel: "C0123456789", alarmEmail: "oncall@example.com" });
app.synth();
`;

const TYPED = `
import { App, Stack } from "aws-cdk-lib";
import { Rule } from "aws-cdk-lib/aws-events";
import { AccountRootPrincipal, Role } from "aws-cdk-lib/aws-iam";
import { BlueGreenGuard, BUS_NAME, type BlueGreenGuardProps, propsFromSettings } from "bluegreen-guard";
const props: BlueGreenGuardProps = { slackChannel: "C0123456789", watch: "tagged", onDegraded: "recreate" };
const stack = new Stack(new App(), "Databases");
const guard = new BlueGreenGuard(stack, "Guard", props);
new BlueGreenGuard(stack, "Settings", propsFromSettings(stack));
guard.grantOperator(new Role(stack, "Oncall", { assumedBy: new AccountRootPrincipal() }));
new Rule(stack, "Facts", { eventBus: guard.bus, eventPattern: { source: [BUS_NAME] } });
// @ts-expect-error The channel is required.
new BlueGreenGuard(stack, "None", {});
// @ts-expect-error There is no such watch.
new BlueGreenGuard(stack, "Some", { slackChannel: "C0123456789", watch: "some" });
// @ts-expect-error There is nothing that always recreates.
new BlueGreenGuard(stack, "Always", { slackChannel: "C0123456789", onDegraded: "always" });
`;

describe("the package", () => {
  it("holds the construct, its types, the bundles, the command line and what a person reads, and nothing else", () => {
    const bundles = consumer.files.filter((file) =>
      /^dist\/lambda\/(watch|sweep|recreate|switchover|release|slack|answer|webhook)\/[\w-]+\.mjs$/.test(file),
    );
    expect(bundles).toEqual(expect.arrayContaining(FUNCTIONS.map((name) => `dist/lambda/${name}/index.mjs`)));
    const docs = globSync("docs/**/*.{md,png,ts}");
    expect(consumer.files).toEqual(expect.arrayContaining(docs));
    expect(consumer.files.filter((file) => !bundles.includes(file) && !docs.includes(file)).sort()).toEqual(
      [
        "CHANGELOG.md",
        "CONTRIBUTING.md",
        "LICENSE",
        "README.md",
        "SECURITY.md",
        "bin/bluegreen-guard.js",
        "bluegreen-guard.schema.json",
        "dist/THIRD-PARTY.txt",
        "dist/cli.js",
        "dist/index.js",
        "dist/types/infra/context.d.ts",
        "dist/types/infra/guard.d.ts",
        "dist/types/infra/index.d.ts",
        "dist/types/infra/props.d.ts",
        "dist/types/src/plans/on-degraded.d.ts",
        "dist/types/src/settings/choices.d.ts",
        "package.json",
        "slack-app-manifest.yml",
      ].sort(),
    );
  });

  it("holds whatever its README, and each page that it holds, links to; but for source, which is in the repository", () => {
    const pages = consumer.files.filter((file) => file.endsWith(".md"));
    const linked = pages.flatMap((page) =>
      [...readFileSync(page, "utf8").matchAll(/\]\(([^)\s#]+)/g)]
        .map(([, link = ""]) => link)
        .filter((link) => !/^[a-z]+:/.test(link))
        .map((link) => normalize(join(dirname(page), link))),
    );
    expect(linked.length).toBeGreaterThan(50);
    expect([...new Set(linked)].filter((file) => !consumer.files.includes(file) && !/^(src|test|bench)[/]/.test(file))).toEqual([]);
  });

  it("brings nothing along but itself: all that it runs is bundled", () => {
    const installed = readdirSync(join(consumer.folder, "node_modules")).filter((name) => !name.startsWith("."));
    // @aws-cdk is below aws-cdk-lib.
    expect(installed.sort()).toEqual(["@aws-cdk", "aws-cdk-lib", "bluegreen-guard", "constructs"]);
  });

  it("names every package that is bundled, with its licence", () => {
    const notices = readFileSync(join(consumer.folder, "node_modules/bluegreen-guard/dist/THIRD-PARTY.txt"), "utf8");
    for (const name of ["@slack/web-api", "@aws-sdk/client-rds", "aws4", "valibot"]) {
      expect(notices).toMatch(new RegExp(`^${name} \\d`, "m"));
    }
    expect(notices).not.toMatch(/^(aws-cdk-lib|undefined)/m);
    expect(notices).toContain("Apache License");
    const named = [...notices.matchAll(/^(\S+ \d+\.\d+\.\d+\S*) \((.+)\)$/gm)];
    expect(named.length).toBeGreaterThan(20);
    const demanding = named.filter(([, , licence = ""]) => !/^(MIT|ISC|0BSD|Apache-2\.0|BSD-[23]-Clause|Unlicense)$/.test(licence));
    expect(demanding.map(([line]) => line)).toEqual([]);
  });
});

describe("in an empty project the package", () => {
  it("makes a stack", () => {
    consumer.write("app.js", APP);
    expect(consumer.run("node", "app.js", "out")).toEqual({ code: 0, out: "", err: "" });
    const template = JSON.parse(readFileSync(join(consumer.folder, "out/Databases.template.json"), "utf8"));
    const types = Object.values<{ Type: string }>(template.Resources).map(({ Type }) => Type);
    expect(types.filter((type) => type === "AWS::Lambda::Function").length).toBe(FUNCTIONS.length);
    const assets = readdirSync(join(consumer.folder, "out")).filter((name) => name.startsWith("asset."));
    expect(assets.map((asset) => readdirSync(join(consumer.folder, "out", asset)).includes("index.mjs"))).toEqual(
      FUNCTIONS.map(() => true),
    );
  });

  it("makes a stack of the settings that its command line has written", () => {
    const stated = ["--slack-channel", "C0123456789", "--slack-secret", "create", "--operators", "none", "--alarm-email", "none"];
    expect(consumer.run("node", join(...BIN), "init", ...stated, "--no-look")).toMatchObject({ code: 0, err: "" });
    const file = JSON.parse(readFileSync(join(consumer.folder, "bluegreen-guard.json"), "utf8"));
    expect(file.$schema).toBe("./node_modules/bluegreen-guard/bluegreen-guard.schema.json");
    expect(JSON.parse(readFileSync(join(consumer.folder, file.$schema), "utf8")).title).toContain("Blue/Green Guard");
    consumer.write(
      "settings.js",
      APP.replace('{ slackChannel: "C0123456789", alarmEmail: "oncall@example.com" }', "propsFromSettings(app)").replace(
        "{ BlueGreenGuard }",
        "{ BlueGreenGuard, propsFromSettings }",
      ),
    );
    expect(consumer.run("node", "settings.js", "settings-out")).toMatchObject({ code: 0, err: "" });
  });

  it("is required by a CommonJS module too", () => {
    const text = 'process.stdout.write(typeof require("bluegreen-guard").BlueGreenGuard);';
    expect(consumer.run("node", "--eval", text, "--input-type=commonjs")).toEqual({ code: 0, out: "function", err: "" });
  });

  it.each([
    ["nodenext", "nodenext", ["typed.mts", "typed.cts"]],
    ["esnext", "bundler", ["typed.ts"]],
  ])("has types for module %s with resolution %s in %j", (module, moduleResolution, files) => {
    for (const file of files) consumer.write(file, TYPED);
    const types = { typeRoots: [join(NODE_MODULES, "@types")], types: ["node"], skipLibCheck: true };
    consumer.write("tsconfig.json", {
      compilerOptions: { module, moduleResolution, target: "es2024", strict: true, noEmit: true, ...types },
      files,
    });
    expect(consumer.run("node", join(NODE_MODULES, "typescript/bin/tsc"))).toEqual({ code: 0, out: "", err: "" });
  });

  it("has the command line", () => {
    const { code, out } = consumer.run("npx", "--no", "--", "bluegreen-guard", "--help");
    expect(code).toBe(0);
    expect(out).toMatch(/^Usage: bluegreen-guard COMMAND/);
  });

  it("says of a replay where it is to be had", () => {
    const { code, err } = consumer.run("node", join(...BIN), "replay", "events.json");
    expect(code).toBe(2);
    expect(err).toContain("In a clone of the repository: npm ci && npm run replay");
  });

  it.each(["watch", "status", "recreate", "cancel"])("says more of %s", (name) => {
    expect(consumer.run("node", join(...BIN), name, "--help")).toMatchObject({
      code: 0,
      out: expect.stringContaining(`bluegreen-guard ${name}`),
    });
  });

  it("recreates a deployment, with nothing but the package", async () => {
    const lab = await openTerminalLab({ bin: join(consumer.folder, ...BIN) });
    await lab.ruined();
    const ended = await lab.run(["recreate", "orders-15", "--yes", "--json"]);
    expect(ended.code).toBe(0);
    expect(lastLine(ended)).toMatchObject({ outcome: "done" });
    expect(lab.accepted("DeleteBlueGreenDeployment")).toHaveLength(1);
  });

  it("has EventBridge match the recorded events, which it holds", async () => {
    const { run } = await openDoctorLab({ bin: join(consumer.folder, ...BIN) });
    expect(await run([])).toMatchObject({ code: 0, out: expect.stringContaining("17 of 55 recorded events") });
  });

  it("says hello", async () => {
    const { slack, environment } = await openHelloLab();
    const { code, err } = await runNode([join(consumer.folder, ...BIN), "hello"], environment);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(slack.messages.length).toBe(1);
  });
});
