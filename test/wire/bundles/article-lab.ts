import { onTestFinished } from "vitest";
import { sqsRecord } from "../../../bench/rds-events.ts";
import { addArticle } from "../../../lab/replay/article.ts";
import { openWireLab, type TestLab } from "../../support/lab/stage.ts";

/** Opens a lab that has the deployments of the recorded upgrade; it ends with the test. */
export async function openArticleLab(): Promise<TestLab> {
  const lab = await openWireLab();
  onTestFinished(() => lab.close());
  addArticle(lab.rds);
  return lab;
}

/** What Lambda gives to the watch function for these bodies of messages. */
export const batch = (...bodies: unknown[]) => ({
  Records: bodies.map((body, index) => sqsRecord(typeof body === "string" ? body : JSON.stringify(body), `message-${index}`, 1)),
});
