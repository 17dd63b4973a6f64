/** How a stretch of text is set off. */
export type Style = "plain" | "bold" | "code";

/** A character as a reader counts them, with the columns that it takes in a terminal. */
interface Cell {
  readonly text: string;
  readonly columns: number;
  readonly style: Style;
}

/** A stretch of one line in one style. */
export interface Run {
  readonly text: string;
  readonly style: Style;
}

const WIDE = /^(?:[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation})/u;
const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Breaks one line into lines of at most `columns`, at spaces where it can; every line is a list of runs. */
export function wrap(line: readonly Run[], columns: number): Run[][] {
  let rest = line.flatMap(cells);
  const lines: Run[][] = [];
  do {
    const fits = countFitting(rest, columns);
    const space = rest.slice(0, fits + 1).findLastIndex(({ text }) => text === " ");
    const breaksAtSpace = fits < rest.length && space > 0 && rest.slice(0, space).some(({ text }) => text !== " ");
    const end = breaksAtSpace ? space : fits;
    lines.push(runs(rest.slice(0, end)));
    rest = rest.slice(breaksAtSpace ? end + 1 : end);
  } while (rest.length > 0);
  return lines;
}

function cells({ text, style }: Run): Cell[] {
  return [...segmenter.segment(text)].map(({ segment }) => ({ text: segment, columns: WIDE.test(segment) ? 2 : 1, style }));
}

function countFitting(line: readonly Cell[], columns: number): number {
  let used = 0;
  const over = line.findIndex((cell) => {
    used += cell.columns;
    return used > columns;
  });
  return over < 0 ? line.length : Math.max(1, over);
}

function runs(line: readonly Cell[]): Run[] {
  const result: Run[] = [];
  for (const { text, style } of line) {
    const last = result.at(-1);
    if (last?.style === style) result[result.length - 1] = { text: last.text + text, style };
    else result.push({ text, style });
  }
  return result;
}
