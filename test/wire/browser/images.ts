/** Plays the article's story and takes the pictures in docs/images: `npm run images`. */

import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { DescribeBlueGreenDeploymentsCommand } from "@aws-sdk/client-rds";
import type { Browser, BrowserContextOptions, Page, PageScreenshotOptions } from "playwright-core";
import type { Session } from "../../../lab/session.ts";
import { openBrowser } from "./browser.ts";
import { act, openQuietSession } from "./lab.ts";
import { smallPng } from "./small-png.ts";
import { visit } from "./visitor.ts";

const FOLDER = fileURLToPath(new URL("../../../docs/images/", import.meta.url));
// As fast as `npm start` plays it.
const SPEED = 600;
const SLOWLY = 20;
const AROUND = 8;
// Tall enough that nothing of a thread has to be scrolled to.
const TALL = { viewport: { width: 680, height: 2_000 } };
const DESK = { viewport: { width: 1440, height: 900 } };
const PHONE = { viewport: { width: 360, height: 740 }, colorScheme: "dark", isMobile: true } as const;

/** When a card's picture is taken: which card (counted from 0), what its heading says, and an entry in its thread that is new. */
interface Moment {
  file: string;
  card: number;
  heading: string;
  entry: string;
}

const MOMENTS: readonly Moment[] = [
  { file: "building", card: 0, heading: "Building green", entry: "Engine upgrade of green started" },
  { file: "ready", card: 0, heading: "Ready to switch over", entry: "Ready to switch over" },
  { file: "degraded", card: 0, heading: "Degraded", entry: "Replication is degraded" },
  { file: "switched-over", card: 1, heading: "Switched over", entry: "Switched over" },
];

const browser = await openBrowser();
if ("leftOut" in browser) {
  process.stderr.write(`${browser.leftOut}\n`);
  process.exitCode = 1;
} else {
  await mkdir(FOLDER, { recursive: true });
  await takeAll(browser);
  await browser.close();
}

async function takeAll(browser: Browser): Promise<void> {
  const session = await openQuietSession(SPEED, "aurora-major-upgrade", SLOWLY);
  const played = session.play();
  for (const moment of MOMENTS) {
    const told = standStillAt(session, moment.entry);
    await act(session, "resume");
    await told;
    await takeCard(browser, session, moment);
    if (moment.file === "degraded") await act(session, "speed", { speed: SPEED });
  }
  await act(session, "resume");
  await played;
  await session.close();
  await takeTurn(browser);
}

/** The end of the story that `npm start` plays: the visitor has typed the switchover and reads its plan. */
async function takeTurn(browser: Browser): Promise<void> {
  const session = await openQuietSession(SPEED, "upgrade");
  await session.play();
  const { BlueGreenDeployments = [] } = await session.lab.aws.send(new DescribeBlueGreenDeploymentsCommand());
  await session.lab.slack.sending.command(`/bluegreen switchover ${BlueGreenDeployments[0]?.BlueGreenDeploymentName}`);
  await takePage(browser, session, "page", DESK);
  await takePage(browser, session, "phone-dark", PHONE);
  await session.close();
}

/** Stops the lab's clock once the entry is told in a thread. */
function standStillAt(session: Session, entry: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = session.lab.slack.onMessage(({ message }) => {
      if (message.threadTs === undefined || !message.text.includes(`: ${entry}`)) return;
      stop();
      act(session, "pause").then(resolve, reject);
    });
  });
}

/** A card with the newest entry of its thread. */
async function takeCard(browser: Browser, session: Session, { file, card, heading, entry }: Moment): Promise<void> {
  const { page, leave } = await visit(browser, session.lab.url, TALL);
  const thread = page.locator(".thread").nth(card);
  await thread.locator("article:not(.reply) .header", { hasText: heading }).waitFor();
  await thread.locator(".reply", { hasText: entry }).last().waitFor();
  await page.evaluate(onlyNewest(card));
  const first = await thread.locator("article").first().boundingBox();
  const last = await thread.locator(".reply:last-child").boundingBox();
  if (!first || !last) throw new Error(`The card of ${file} is not to be seen.`);
  const height = last.y + last.height - first.y + 2 * AROUND;
  const clip = { x: first.x - AROUND, y: first.y - AROUND, width: first.width + 2 * AROUND, height };
  await save(page, file, { clip });
  await leave();
}

/** Hides what lies between a card and the newest entry of its thread; to be run in the page. */
function onlyNewest(card: number): string {
  const between = `document.querySelectorAll(".thread")[${card}].querySelectorAll(".quiet, .reply:not(:last-child)")`;
  return `for (const it of ${between}) it.hidden = true`;
}

/** What a visitor sees of the page, the channel scrolled to its newest card. */
async function takePage(browser: Browser, session: Session, file: string, options: BrowserContextOptions): Promise<void> {
  const { page, leave } = await visit(browser, session.lab.url, options);
  await page.locator("#picture .deployment").first().waitFor({ state: "attached" });
  await page.locator(".message", { hasText: "Switch blue-green" }).last().waitFor();
  await page.evaluate("[...document.querySelectorAll('.message:not(.reply)')].at(-1).scrollIntoView({ behavior: 'instant' })");
  await page.evaluate("scrollTo({ top: 0, behavior: 'instant' })");
  await save(page, file);
  await leave();
}

async function save(page: Page, file: string, options?: PageScreenshotOptions): Promise<void> {
  await writeFile(`${FOLDER}${file}.png`, await smallPng(page, await page.screenshot(options)));
}
