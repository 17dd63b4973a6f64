import { byId } from "./dom.ts";

const links = [...document.querySelectorAll<HTMLAnchorElement>("nav a")];
const parts = links.map((link) => byId(link.hash.slice(1)));

/** On a narrow screen one part of the page shows at a time: the one that the address names, the first where it names none. */
export function startParts(): void {
  addEventListener("hashchange", () => showPart(location.hash.slice(1)));
  showPart(location.hash.slice(1));
  const top = byId("top");
  // What is pinned below the header has to know its height, which depends on the width and on the reader's type size.
  new ResizeObserver(() => document.documentElement.style.setProperty("--top", `${top.offsetHeight}px`)).observe(top);
}

/** Shows that part of the page, without moving the focus. */
export function showPart(id: string): void {
  const current = parts.find((part) => part.id === id) ?? parts[0];
  for (const part of parts) part.classList.toggle("current", part === current);
  for (const link of links) {
    if (link.hash === `#${current?.id}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
