import type { ActionsBlockElement, Button, ContextBlockElement, KnownBlock, SectionBlock, SectionBlockAccessory } from "@slack/types";
import type { AttachmentView, MessageView } from "../views.ts";
import { type Child, el } from "./dom.ts";
import { unescapeEntities } from "./mrkdwn.ts";
import { mrkdwn, outward } from "./rich.ts";

type BlockElement = ContextBlockElement | ActionsBlockElement | SectionBlockAccessory;

const NAMED_COLOURS: ReadonlyMap<string, string> = new Map([
  ["good", "#1f7a4d"],
  ["warning", "#b7791f"],
  ["danger", "#b3261e"],
]);

/** The body of a message: its blocks, or its text where it has none, and its attachments below. */
export function messageBody(message: MessageView): HTMLElement[] {
  try {
    const { text, blocks, attachments } = message;
    const body = blocks.length > 0 ? blocks.map(block) : mrkdwn(text);
    return [el("div", { class: "blocks" }, body), ...attachments.map(attachment)];
  } catch {
    return [el("p", { class: "trouble" }, `This page cannot draw the message: ${message.text}`)];
  }
}

/** The colour of an attachment's bar, if it is one. */
export function colourOf(color = ""): string | undefined {
  return NAMED_COLOURS.get(color) ?? (/^#?[0-9a-f]{6}$/i.test(color) ? `#${color.replace("#", "")}` : undefined);
}

function attachment({ color, blocks = [], pretext, title, text, fields = [], footer, fallback }: AttachmentView): HTMLElement {
  const parts = [
    [pretext, title, text].flatMap((it) => (it ? mrkdwn(it) : [])),
    fields.map((field) => mrkdwn([field.title, field.value].filter(Boolean).join(": "))),
    blocks.map(block),
    footer ? el("div", { class: "context" }, mrkdwn(footer)) : [],
  ].flat();
  const element = el("div", { class: "attachment" }, parts.length > 0 ? parts : mrkdwn(fallback ?? ""));
  const colour = colourOf(color);
  if (colour) element.style.setProperty("--bar", colour);
  return element;
}

function block(it: KnownBlock): HTMLElement {
  switch (it.type) {
    case "header":
      return el("h3", { class: "header" }, unescapeEntities(it.text.text));
    case "section":
      return section(it);
    case "context":
      return el("div", { class: "context" }, it.elements.map(textOrElement));
    case "divider":
      return el("hr");
    case "actions":
      return actions(it.elements);
    default:
      return el("p", { class: "hint" }, `A block of type ${it.type}, which this page does not draw.`);
  }
}

function section({ text, fields = [], accessory }: SectionBlock): HTMLElement {
  return el(
    "div",
    { class: "section" },
    text && el("div", {}, textOrElement(text)),
    fields.length > 0 &&
      el(
        "div",
        { class: "fields" },
        fields.map((field) => el("div", {}, textOrElement(field))),
      ),
    accessory && (accessory.type === "button" ? actions([accessory]) : textOrElement(accessory)),
  );
}

function textOrElement(it: BlockElement): Child {
  switch (it.type) {
    case "mrkdwn":
      return mrkdwn(it.text, { verbatim: it.verbatim === true });
    case "plain_text":
      return el("p", {}, unescapeEntities(it.text));
    case "image":
      return el("span", { class: "hint" }, `[image: ${unescapeEntities(it.alt_text)}]`);
    case "button":
      return button(it);
    default:
      return el("span", { class: "hint" }, `[${it.type}]`);
  }
}

function actions(elements: readonly BlockElement[]): HTMLElement {
  return el("div", { class: "actions" }, elements.map(textOrElement));
}

function button({ text, url, style, action_id: action, accessibility_label: label }: Button): Child {
  const words = unescapeEntities(text.text);
  if (url !== undefined) return /^https?:\/\//.test(url) && URL.canParse(url) ? outward(url, words) : words;
  return el("button", { type: "button", class: style, "aria-label": label, "data-action": action }, words);
}
