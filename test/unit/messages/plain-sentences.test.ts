import { describe, expect, it } from "vitest";
import type { Form } from "../../../src/messages/form.ts";
import { IN_SLACK, slackForm } from "../../../src/messages/slack/form.ts";
import { inTerminal } from "../../../src/messages/terminal/form.ts";
import { ofEvents, ofLooks, ofOperations } from "../../catalogue/examples/entries.ts";
import { inChannel } from "../../catalogue/examples/in-channel.ts";
import { replies } from "../../catalogue/examples/replies.ts";
import { SENTENCES } from "../../catalogue/examples/sentences/sentences.ts";
import { TERMINAL_SENTENCES } from "../../catalogue/examples/sentences/terminal.ts";
import { textsIn } from "./texts-in.ts";

const FORMS: readonly (readonly [string, Form])[] = [
  ["in Slack, where it takes commands", IN_SLACK],
  ["in Slack, where it takes none", slackForm(false)],
  ["in a terminal", inTerminal],
];

const NO_SENTENCES = ["What an operation waits for", "What a watch says that sees nothing", "What stands for the rest"];

const LABELLED =
  /^((?:CHECK_MARKS|RESULT_WORDS|WATCHING\.told)\..*|WHOEVER_SIGNED_IN|SOMEBODY|standingText|operationLine|PLACES\.place|FOLLOWING\.(waits|switching|to\w+)|ASKING\.confirm)$/;

const ofTerminals = (without?: RegExp): string[] =>
  TERMINAL_SENTENCES.flatMap(([, all]) => all(inTerminal).flatMap(({ code, text }) => (without?.test(code) ? [] : [text])));

const sentences = (as: Form, without: readonly string[] = []): string[] =>
  SENTENCES.filter(([title]) => !without.includes(title)).flatMap(([, all]) => all(as).map(({ text }) => text));

const messages = (): string[] =>
  [...ofEvents(), ...ofLooks(), ...ofOperations(), ...inChannel(), ...replies()]
    .flatMap(({ message }) => textsIn(message))
    .concat(ofTerminals());

const lines = (texts: readonly string[]): string[] => texts.flatMap((text) => text.split("\n"));

/** What the guard itself says: without code, commands and what it quotes. */
const withoutCode = (text: string): string => text.replaceAll(/`[^`]*`/g, "`…`");
const own = (texts: readonly string[]): string[] => lines(texts).filter((line) => !line.startsWith("> "));

const COMMAND = /(?:\/bluegreen|npx bluegreen-guard) .*$/;
const WHOLE_COMMAND = /^(?:\/bluegreen|npx bluegreen-guard) [a-z]+(?: (?:--)?[\w.-]+)*$/;

describe("times and ids", () => {
  it.each(FORMS)("a time is one of the reader's: never as computers write it, %s", (_where, as) => {
    expect(own([...sentences(as), ...messages()]).filter((line) => /\d{4}-\d\d-\d\dT\d\d/.test(line))).toEqual([]);
  });

  it.each(FORMS)("an ARN or the id of a request is in no sentence, unless it is to be copied, %s", (_where, as) => {
    const copied = as === inTerminal ? /(?:may not|may|Add) .*arn:/ : /`arn:/;
    const found = own([...sentences(as), ...messages()]).filter((line) => /\barn:|0f9a2c41/.test(line));
    expect(found.filter((line) => !copied.test(line) || /\barn:/.test(withoutCode(line).replace(copied, "")))).toEqual([]);
  });

  it.each(FORMS)("a deployment is called by its name: its id is only where two are told apart, %s", (_where, as) => {
    const found = own([...sentences(as), ...messages()]).filter((line) => line.replace(COMMAND, "").includes("bgd-"));
    const isHeading = (line: string) => /^\*[^*]+\* \(`bgd-\w+`\) now: /.test(line);
    const isListed = (line: string) => /^(?: {2}|&gt; )?\S+ \(bgd-\w+\)(?:$|: )|^`bgd-\w+` · /.test(line);
    const tellsApart = (line: string) => new Set(line.match(/bgd-\w+/g)).size > 1;
    expect(found.filter((line) => !isHeading(line) && !isListed(line) && !tellsApart(line))).toEqual([]);
  });
});

describe("a sentence ends", () => {
  const all = (as: Form) => lines(sentences(as, NO_SENTENCES));

  it.each(FORMS)("with an end mark, or with a command to copy after a colon, %s", (_where, as) => {
    expect(all(as).filter((line) => !/[.!?]$/.test(line) && !/: `?(?:\/bluegreen|npx bluegreen-guard) [^`]*`?$/.test(line))).toEqual([]);
  });

  it.each(FORMS)("with nothing that a person would copy with a command, %s", (_where, as) => {
    const inSpans = (line: string) => line.match(/`[^`]*`\S?/g)?.filter((it) => COMMAND.test(it)) ?? [];
    const commands = [...sentences(as), ...messages()]
      .flatMap((text) => text.split("\n"))
      .flatMap((line) => (as === inTerminal ? [] : inSpans(line)));
    expect(commands.filter((it) => /[.,:]`|`[.]/.test(it))).toEqual([]);
  });

  it("where a message ends with a command, with a colon before it", () => {
    const ended = lines(messages()).filter((line) => /`(?:\/bluegreen|npx bluegreen-guard) [^`]*`$/.test(line));
    expect(ended.length).toBeGreaterThan(10);
    expect(ended.filter((line) => !/(?:^|: )`[^`]*`$/.test(line))).toEqual([]);
  });

  it("in a terminal also with a colon before what is listed below it", () => {
    const ended = lines(ofTerminals(LABELLED)).filter((line) => !/[.!?:]$/.test(line) && !COMMAND.test(line));
    expect(ended).toEqual([]);
  });

  it("in a terminal a command ends its line, since nothing else shows where it ends", () => {
    const commands = lines([...sentences(inTerminal, NO_SENTENCES), ...ofTerminals()]).flatMap((line) => line.match(COMMAND) ?? []);
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.filter((it) => !WHOLE_COMMAND.test(it))).toEqual([]);
  });
});
