import { blockProblems, textLength } from "./block-limits.ts";
import { isObject, type Problem } from "./block-schema.ts";
import type { Json, MessageContent } from "./messages.ts";
import { SlackRefusal } from "./refusal.ts";

/** What a call says about a message's content; undefined if it says nothing. */
export interface GivenContent {
  readonly text: string | undefined;
  readonly blocks: readonly Json[] | undefined;
  readonly attachments: readonly Json[] | undefined;
}

const MOST_ATTACHMENTS = 100;
const MOST_BLOCK_TEXT = 12_000;

/**
 * Reads and checks text, blocks and attachments of a call; `longestText` is in characters.
 *
 * @throws SlackRefusal `no_text`, `msg_too_long`, `invalid_blocks_format`, `invalid_blocks`, `msg_blocks_too_long`,
 * `invalid_attachments` or `too_many_attachments`, as Slack documents them for chat.postMessage and chat.update.
 */
export function readContent(args: Json, longestText: number): GivenContent {
  const text = args.text === undefined ? undefined : String(args.text);
  const blocks = args.blocks === undefined ? undefined : objects(args.blocks, "invalid_blocks_format");
  const attachments = args.attachments === undefined ? undefined : objects(args.attachments, "invalid_attachments");
  if (!text && !blocks?.length && !attachments?.length) throw new SlackRefusal("no_text");
  if (text && text.length > longestText) throw new SlackRefusal("msg_too_long");
  if (blocks) refuse("invalid_blocks", blockProblems(blocks, "/blocks"));
  if (textLength(blocks) > MOST_BLOCK_TEXT) throw new SlackRefusal("msg_blocks_too_long");
  if (attachments) checkAttachments(attachments);
  return { text, blocks, attachments };
}

/** The content of a message about which nothing is known yet. */
export function newContent(given: GivenContent): MessageContent {
  const { text = "", blocks = [], attachments } = given;
  return { text, blocks, ...(attachments?.length && { attachments }) };
}

function checkAttachments(attachments: readonly Json[]): void {
  if (attachments.length > MOST_ATTACHMENTS) throw new SlackRefusal("too_many_attachments");
  const problems = attachments.flatMap((attachment, index) =>
    attachment.blocks === undefined ? [] : blockProblems(attachment.blocks, `/attachments/${index}/blocks`),
  );
  refuse("invalid_attachments", problems);
}

function objects(value: unknown, error: string): Json[] {
  if (!Array.isArray(value)) throw new SlackRefusal(error);
  return value.map((each: unknown) => {
    if (!isObject(each)) throw new SlackRefusal(error);
    return each;
  });
}

function refuse(error: string, problems: readonly Problem[]): void {
  if (problems.length > 0)
    throw new SlackRefusal(error, { details: problems.map(({ text, pointer }) => `${text} [json-pointer:${pointer}]`) });
}
