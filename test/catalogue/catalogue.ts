import { stories } from "../../lab/stories/index.ts";
import type { Story } from "../../lab/stories/story.ts";
import { IN_SLACK } from "../../src/messages/slack/form.ts";
import { inTerminal } from "../../src/messages/terminal/form.ts";
import { ofCalls, ofEvents, ofLooks, ofOperations } from "./examples/entries.ts";
import type { Example } from "./examples/example.ts";
import { inChannel } from "./examples/in-channel.ts";
import { replies } from "./examples/replies.ts";
import { SENTENCES, type Sentence } from "./examples/sentences/sentences.ts";
import { TERMINAL_SENTENCES } from "./examples/sentences/terminal.ts";
import { happeningsOf } from "./happening.ts";
import { markdown, paragraphsOf, quotation } from "./markdown.ts";
import { ReadBefore, slug } from "./read-before.ts";
import { scenes } from "./scenes.ts";
import { steady } from "./steady.ts";
import { storySection } from "./story.ts";

/** Where the file is, and what writes it. */
export const FILE = "docs/messages.md";
export const COMMAND = "npm run messages";

/** The first story alone, which repeats nothing of others. */
export const firstStory = async (): Promise<string> => played(stories.slice(0, 1), new ReadBefore());

/** The whole file. */
export async function catalogue(): Promise<string> {
  const read = new ReadBefore();
  const before = [INTRODUCTION, index(), "## Stories", await played(stories, read), "## Scenes", SCENES, await played(scenes, read, true)];
  const examples = EXAMPLES.map(([title, all]) => exampleSection(title, all(), read));
  const sentences = SENTENCES.map(([title, all]) => sentenceSection(title, all(IN_SLACK)));
  const inTerminals = TERMINAL_SENTENCES.map(([title, all]) => sentenceSection(title, all(inTerminal)));
  return `${[...before, "## Examples", WITH_EXAMPLE_DATA, ...examples, "## Sentences", BY_CODE, ...sentences, "## In a terminal", IN_A_TERMINAL, ...inTerminals].join("\n\n")}\n`;
}

async function played(all: readonly Story[], read: ReadBefore, brief = false): Promise<string> {
  const sections: string[] = [];
  for (const story of all)
    sections.push(story.needsProcess ? notPlayed(story) : storySection(story, await happeningsOf(story), read, brief));
  return sections.join("\n\n");
}

const notPlayed = ({ name, line }: Story): string =>
  `### ${name}\n\nNot played here, since it kills the guard, which needs a process of its own for that: ${line}. It says what the other recreations say.`;

const EXAMPLES: readonly (readonly [string, () => readonly Example[]])[] = [
  ["Entries about events", ofEvents],
  ["Entries about what RDS shows", ofLooks],
  ["Entries of the guard's operations", ofOperations],
  ["Entries that call for a person", ofCalls],
  ["In the channel", inChannel],
  ["To one person alone", replies],
];

function exampleSection(section: string, examples: readonly Example[], read: ReadBefore): string {
  const texts = examples.flatMap(({ when, message }) => {
    const paragraphs = paragraphsOf(message);
    const [heading = []] = paragraphs;
    const known = read.message(paragraphs, { section });
    if (known !== undefined) return [`${when}: ${markdown(heading)} ${known}`];
    return [`${when}:`, quotation([...new Set([heading, ...read.unread(paragraphs)])])];
  });
  return steady([`### ${section}`, ...texts].join("\n\n"));
}

/** A line for each, as Slack shows it. */
function sentenceSection(title: string, sentences: readonly Sentence[]): string {
  const lines = sentences.map(({ code, text }) => `- \`${code}\`: ${markdown([paragraphsOf({ text }).flat().join(" ")])}`);
  return steady(`### ${title}\n\n${lines.join("\n")}`);
}

const link = (heading: string): string => `[${heading}](#${slug(heading)})`;

const index = (): string =>
  [
    `- ${link("Stories")}: ${stories.map(({ name }) => link(name)).join(", ")}`,
    `- ${link("Scenes")}: ${scenes.map(({ name }) => link(name)).join(", ")}`,
    `- ${link("Examples")}: ${EXAMPLES.map(([title]) => link(title)).join(", ")}`,
    `- ${link("Sentences")}: ${SENTENCES.map(([title]) => link(title)).join(", ")}`,
    `- ${link("In a terminal")}: ${TERMINAL_SENTENCES.map(([title]) => link(title)).join(", ")}`,
  ].join("\n");

const INTRODUCTION = `# Every message of the guard

What the guard says in Slack, from first to last: in the stories of the lab, in scenes that no story has, and made with example data.
\`${COMMAND}\` writes this file; a test compares the two. Do not change it by hand. How a card looks: [the card](card.md).

- Messages are numbered in the order in which they are posted; a number stays with its message. Times are the lab's, in UTC.
- A quotation is what a reader sees, with buttons in brackets. The notification is the deployment's name with the heading, unless it is
  given.
- Of a message that changes, only its heading and the paragraphs with new words are shown. A change that differs from what was read before,
  in the same section or in one above, in nothing but names, numbers, times, bars or the small print at its end is left out.
- A message that differs in these alone from one that was read before is shown by its heading, with the place where it stands in full. Of
  what one person alone sees, such as plans, and in the examples, paragraphs that were read before are left out too.
- What several parts of the guard say at the same moment of the clock stands in a fixed order, and of a message that changes twice at that
  moment the last text alone.
- Ids that chance makes, such as a request's, are replaced by numbers: \`orders-16-00000001\`.`;

const SCENES = "Short scenes for what no story shows, played as the stories are. Messages that were read before are left out.";

const WITH_EXAMPLE_DATA =
  "Made by the same functions from example data: the deployment of the recorded upgrade, and the events that AWS documents, one for each kind.";

const IN_A_TERMINAL =
  "What the commands of a terminal say besides: plans, progress and reasons have the same sentences as in Slack, with the commands of a shell.";

const BY_CODE =
  "Of what messages are made that tell of a plan, of an operation, or why something is not done: each code that the guard keeps, with example data.";
