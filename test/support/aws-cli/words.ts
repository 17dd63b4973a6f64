/** A word of a shell's line as the program gets it; what the shell puts in, such as `$(name Table)`, stays as it is written. */
export interface Word {
  text: string;
  /** False if the shell puts something in. */
  isKnown: boolean;
}

/** A command of the AWS CLI as a page or a program prints it. */
export interface Printed {
  /** Where it is printed. */
  file: string;
  line: number;
  words: Word[];
}

const COMMAND = /(?<before>^|[\s"'`(=])aws (?=[a-z])/gm;
const ENDS = "|;&)<>`\n";

/** The commands of the AWS CLI in a text: lines of a shell, and those quoted in prose. */
export function printedIn(file: string, text: string, services: readonly string[]): Printed[] {
  return [...text.matchAll(COMMAND)].flatMap((match) => {
    const from = match.index + match[0].length;
    const { before = "" } = match.groups ?? {};
    const words = wordsOf(text.slice(from), ['"', "'", "`"].includes(before) ? before : "");
    const line = text.slice(0, from).split("\n").length;
    return services.includes(words[0]?.text ?? "") ? [{ file, line, words }] : [];
  });
}

/** The words up to the command's end; `closes` is the quotation mark in front of it. Source: POSIX, Shell Command Language, 2.2 and 2.3. */
export function wordsOf(text: string, closes = ""): Word[] {
  const words: Word[] = [];
  let word: Word | undefined;
  let at = 0;
  const put = (more: string, isKnown = true) => {
    word ??= { text: "", isKnown: true };
    word = { text: word.text + more, isKnown: word.isKnown && isKnown };
  };
  const end = () => {
    if (word) words.push(word);
    word = undefined;
  };
  while (at < text.length) {
    const sign = text.charAt(at);
    if (sign === closes || ENDS.includes(sign) || (sign === "#" && !word)) break;
    if (sign === "\\" && text.charAt(at + 1) === "\n") {
      end();
      at += 2;
    } else if (/\s/.test(sign)) {
      end();
      at += 1;
    } else {
      const piece = pieceAt(text, at);
      put(piece.text, piece.isKnown);
      at += piece.length;
    }
  }
  end();
  return words;
}

/** A quoted or plain piece of a word. */
function pieceAt(text: string, at: number): Word & { length: number } {
  const sign = text.charAt(at);
  if (sign === "'") {
    const length = text.indexOf("'", at + 1) - at + 1;
    return { text: text.slice(at + 1, at + length - 1), isKnown: true, length };
  }
  if (sign === '"') {
    const inside = quotedAt(text, at + 1);
    return { ...inside, length: inside.length + 2 };
  }
  if (sign === "$") {
    const length = expansionAt(text, at);
    return { text: text.slice(at, at + length), isKnown: false, length };
  }
  return { text: sign, isKnown: true, length: 1 };
}

/** What stands between double quotation marks, from after the first one. */
function quotedAt(text: string, from: number): Word & { length: number } {
  let at = from;
  let found = "";
  let isKnown = true;
  while (at < text.length && text.charAt(at) !== '"') {
    const length = text.charAt(at) === "$" ? expansionAt(text, at) : text.charAt(at) === "\\" ? 2 : 1;
    isKnown &&= text.charAt(at) !== "$";
    found += text.slice(at, at + length);
    at += length;
  }
  return { text: found, isKnown, length: at - from };
}

const BRACKETS: Record<string, string> = { "(": ")", "{": "}" };

/** How long `$name`, `${…}` or `$(…)` is. */
function expansionAt(text: string, at: number): number {
  const closes = BRACKETS[text.charAt(at + 1)];
  if (closes === undefined) return Math.max(1, /^\$\w*/.exec(text.slice(at))?.[0].length ?? 1);
  let next = at + 2;
  while (next < text.length && text.charAt(next) !== closes) {
    const sign = text.charAt(next);
    next += sign === '"' || sign === "'" || sign === "$" ? pieceAt(text, next).length : 1;
  }
  return next - at + 1;
}
