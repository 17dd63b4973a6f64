import type { MessageView } from "../views.ts";
import { messageBody } from "./blocks.ts";
import { el, svg, timeElement } from "./dom.ts";

/** A message as it looks in the channel. */
export function article(message: MessageView): HTMLElement {
  const { ts, threadTs, onlyFor, author, deletedAt } = message;
  return el(
    "article",
    {
      class: `message${threadTs ? " reply" : ""}${onlyFor ? " private" : ""}${deletedAt ? " deleted" : ""}`,
      id: `message-${ts}`,
      tabindex: "-1",
    },
    el("div", { class: "avatar" }, author === "app" ? shield() : person()),
    el("div", { class: "said-by" }, byline(message), messageBody(message)),
  );
}

function byline({ broadcast, onlyFor, author, postedAt, editedAt, deletedAt }: MessageView): HTMLElement {
  const isApp = author === "app";
  return el("p", { class: "byline" }, [
    el("strong", {}, isApp ? "Blue/Green Guard" : "Somebody in the channel"),
    isApp && el("span", { class: "app" }, "APP"),
    timeElement(postedAt),
    onlyFor && el("span", {}, "only visible to you"),
    broadcast && el("span", {}, "also sent to the channel"),
    editedAt !== undefined && el("span", {}, "edited ", timeElement(editedAt)),
    deletedAt !== undefined && el("span", {}, "deleted ", timeElement(deletedAt)),
  ]);
}

function shield(): SVGElement {
  return svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" }, [
    svg("path", { class: "blue", d: "M16 2 4 7v8c0 7 5 12.500 12 15z" }),
    svg("path", { class: "green", d: "M16 2l12 5v8c0 7-5 12.500-12 15z" }),
  ]);
}

function person(): SVGElement {
  return svg("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" }, [
    svg("circle", { cx: 16, cy: 11, r: 6 }),
    svg("path", { d: "M4 29c0-7 5-10 12-10s12 3 12 10z" }),
  ]);
}
