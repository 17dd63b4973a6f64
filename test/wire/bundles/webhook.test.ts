import { afterEach, beforeEach, expect, it } from "vitest";
import { sqsRecord } from "../../../bench/rds-events.ts";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";
import { invoke, secretsIn, settingsOf } from "./function.ts";

let lab: TestLab;
beforeEach(async () => {
  lab = await openWireLab();
});
afterEach(() => lab.close());

const KEY = `whsec_${Buffer.from("a key of 32 bytes for the tests.").toString("base64")}`;
const SELF_TEST = { selfTest: { id: "0a1b2c3d" } };

function invoked(url: string, ...events: unknown[]) {
  const { QUEUE_URL = "", DEAD_LETTER_QUEUE_URL = "" } = settingsOf(lab);
  lab.secrets.secrets.set("team/webhook", JSON.stringify({ url, signingKey: KEY }));
  return invoke("webhook", events, lab, { WEBHOOK_SECRET: "team/webhook", QUEUE_URL, DEAD_LETTER_QUEUE_URL });
}

it("the bundle of the webhook function reads its secret, and sets aside what is no fact", async () => {
  const stranger = sqsRecord(JSON.stringify({ source: "another" }), "1", 1);
  const seen = await invoked("https://hooks.example.com/capability", SELF_TEST, { Records: [stranger] });
  expect(seen.exitCode).toBe(0);
  expect(seen.outcomes).toMatchObject([
    { answer: { asked: [{ result: "answered", came: "it holds a URL and a key as the function needs them" }] } },
    { answer: { batchItemFailures: [] } },
  ]);
  expect(lab.queue.deadLetters.all().map(({ body }) => body)).toEqual([stranger.body]);
  expect([secretsIn(seen), seen.stdout.includes("capability")]).toEqual([[], false]);
});

it("the bundle of the webhook function calls nothing in a private network, and says so without the address", async () => {
  const seen = await invoked(`${lab.url}/capability`, SELF_TEST, { selfTest: { ...SELF_TEST.selfTest, post: true } });
  const refused = { result: "refused", came: expect.stringContaining("holds a url that does not begin with https://") };
  expect(seen.outcomes).toMatchObject([{ answer: { asked: [refused] } }, { answer: { asked: [refused] } }]);
  expect(JSON.stringify(seen)).not.toContain("capability");
});
