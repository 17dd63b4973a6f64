import type { Locator, Page } from "playwright-core";

/** The heading of a card: cards are counted from 0 in the order in which they were posted. */
export function header(page: Page, card: number, text: string): Locator {
  return page.locator(".thread").nth(card).locator("article:not(.reply) .header", { hasText: text });
}

/** A visitor creates a deployment with what the form proposes. */
export async function create(page: Page): Promise<void> {
  await page.getByText("Be the team", { exact: true }).click();
  const form = page.getByRole("form", { name: "Create a blue/green deployment" });
  await form.getByRole("button").click();
  await form.getByText("A visitor creates the deployment").waitFor();
}

/** A visitor runs a statement that ruins what follows the database. */
export async function ruin(page: Page): Promise<void> {
  const form = page.getByRole("form", { name: "Run a statement on a database" });
  await form.getByRole("textbox", { name: "Statement" }).fill("ALTER TABLE orders DROP COLUMN note");
  await form.getByRole("button").click();
  await form.getByText("It ruins").waitFor();
}
