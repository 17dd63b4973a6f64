import { accessory, actionElement, imageElement } from "./block-elements.ts";
import { anyText, anything, boolean, byType, type Check, isObject, list, object, type Problem, plainText, string } from "./block-schema.ts";

const blockId = { block_id: string(255) };

const section = object({}, { ...blockId, text: anyText(3000), fields: list(10, anyText(2000)), accessory, expand: boolean });

const contextElement = byType({
  image: imageElement,
  plain_text: object({ text: string(3000) }, { emoji: boolean }),
  mrkdwn: object({ text: string(3000) }, { verbatim: boolean }),
});

const richTextElement = byType({
  rich_text_section: object({ elements: anything }),
  rich_text_list: object({ elements: anything, style: anything }, { indent: anything, offset: anything, border: anything }),
  rich_text_preformatted: object({ elements: anything }, { border: anything, language: anything }),
  rich_text_quote: object({ elements: anything }, { border: anything }),
});

const block = byType({
  section: (value, pointer) =>
    isObject(value) && value.text === undefined && value.fields === undefined
      ? [{ text: "must define either `text` or `fields`", pointer: `${pointer}/type` }]
      : section(value, pointer),
  header: object({ text: plainText(150) }, blockId),
  divider: object({}, blockId),
  context: object({ elements: list(10, contextElement) }, blockId),
  actions: object({ elements: list(25, actionElement) }, blockId),
  image: object({ alt_text: string(2000) }, { ...blockId, title: plainText(2000), image_url: string(3000), slack_file: anything }),
  rich_text: object({ elements: list(Number.MAX_SAFE_INTEGER, richTextElement) }, blockId),
});

const blocks: Check = list(50, block, 0);

/**
 * Lists what Slack would refuse in the blocks of a message; `pointer` says where they are, such as `/blocks`.
 *
 * Source: docs.slack.dev, "Blocks"; the wording follows answers of the real API where known. Block types that exist but that the lab does
 * not know (markdown, table, video and others) are refused too.
 */
export function blockProblems(value: unknown, pointer: string): Problem[] {
  const problems = blocks(value, pointer);
  if (!Array.isArray(value)) return problems;
  const within = value.flatMap((each, index) => {
    const elements = isObject(each) && Array.isArray(each.elements) ? each.elements : [];
    return repeated(elements, "action_id", `${pointer}/${index}/elements`);
  });
  return [...problems, ...repeated(value, "block_id", pointer), ...within];
}

/**
 * The number of characters of all text in a message's blocks.
 *
 * Above 12,000 Slack answers `msg_blocks_too_long`. The limit is undocumented; source: slackapi/bolt-js issues 2509 and 2867, where Slack's
 * people name 12,000 and users measured 11,300 to 13,300.
 */
export function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + textLength(each), 0);
  if (!isObject(value)) return 0;
  const own = typeof value.text === "string" ? value.text.length : 0;
  return own + textLength(Object.values(value));
}

function repeated(items: readonly unknown[], name: string, pointer: string): Problem[] {
  const ids = items.map((item) => (isObject(item) && typeof item[name] === "string" ? item[name] : undefined));
  return ids.flatMap((id, index) =>
    id !== undefined && ids.indexOf(id) < index
      ? [{ text: `\`${name}\` needs to be unique: ${id}`, pointer: `${pointer}/${index}/${name}` }]
      : [],
  );
}
