import type { Locator, Page } from "playwright-core";

/** The panel of one operation, by what a screen reader calls it. */
export function panel(page: Page, name: RegExp): Locator {
  return page.getByRole("region", { name: "Operations" }).getByRole("article", { name });
}

/** What its steps are called, in order. */
export function steps(operation: Locator): Promise<string[]> {
  return operation.getByRole("listitem").locator("strong").allInnerTexts();
}
