import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";
import { openPage } from "./page.ts";

const folder = new URL("../../../../lab/page/browser/", import.meta.url);
const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => !["tsconfig.json", "styles"].includes(path));
const files = paths.map((path) => path.replace("styles/", ""));

describe("the page's files", () => {
  it.each(["", ...files])("are served under a policy that lets nothing foreign in: /%s", async (name) => {
    const { get } = await openPage();
    const response = await get(`/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
    expect(response.headers.get("content-type")).toMatch(/^(text\/(html|css|javascript); charset=utf-8|image\/svg\+xml)$/);
  });

  it("name no address but their own, and make no markup of text", () => {
    const texts = paths.map((path) => readFileSync(new URL(path, folder), "utf8").replaceAll("http://www.w3.org/2000/svg", ""));
    expect(
      texts.filter((text) => /https?:\/\/[a-z]|url\(|@import|innerHTML|outerHTML|insertAdjacentHTML|document\.write/.test(text)),
    ).toEqual([]);
  });

  it("hold scripts without their types, which load nothing but one another", async () => {
    const { get } = await openPage();
    const scripts = files.filter((name) => name.endsWith(".ts"));
    const texts = await Promise.all(scripts.map(async (name) => (await get(`/${name}`)).text()));
    expect(() => texts.map((text) => parseAst(text, { lang: "js" }))).not.toThrow();
    const loaded = texts.flatMap((text) => [...text.matchAll(/\bfrom "([^"]+)"|\bimport\(/g)].map(([, from]) => from));
    expect(loaded.filter((from) => !scripts.includes(from?.replace("./", "") ?? ""))).toEqual([]);
  });

  it("are all that there is: anything else is not found", async () => {
    const { get } = await openPage();
    const statuses = ["/nothing.ts", "/tsconfig.json", "/..%2fpage.ts", "/%2e%2e/page.ts", "/.ts"].map(
      async (path) => (await get(path)).status,
    );
    expect(await Promise.all(statuses)).toEqual([404, 404, 404, 404, 404]);
  });
});

describe("a visit", () => {
  it("from this machine by either of its names is let in", async () => {
    const { get } = await openPage();
    expect((await get("/", { host: "localhost:4040" })).status).toBe(200);
    expect((await get("/", { host: "[::1]:4040" })).status).toBe(200);
  });

  it("under a foreign name that points to this machine is refused", async () => {
    const { get, act } = await openPage();
    const response = await get("/feed", { host: "evil.example:4040" });
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('received the host "evil.example"');
    expect((await get("/", { host: "127.0.0.1.evil.example" })).status).toBe(403);
    await expect(act("pause", {}, { host: "evil.example" })).rejects.toThrow();
  });

  it.each(["https://evil.example", "http://127.0.0.1:9999", "null"])("may do nothing where its page comes from %s", async (origin) => {
    const { act, state } = await openPage();
    expect(await act("pause", {}, { origin })).toMatchObject({ status: 403, text: expect.stringContaining(`came from "${origin}"`) });
    expect(state.speed).toBe(600);
  });

  it("may do something from the page itself", async () => {
    const { act, state } = await openPage();
    expect((await act("pause", {}, { origin: "http://127.0.0.1:4040" })).status).toBe(200);
    expect(state.speed).toBe(0);
  });

  it("may not do anything with what a plain form can send", async () => {
    const { act, state } = await openPage();
    expect((await act("pause", "{}", { "content-type": "text/plain" })).status).toBe(415);
    expect(state.speed).toBe(600);
  });

  it("with a body beyond all measure is refused", async () => {
    const { act } = await openPage();
    const body = JSON.stringify({ statement: "x".repeat(70_000) });
    expect(await act("ddl", body, { "content-length": String(body.length) })).toMatchObject({ status: 413 });
  });
});
