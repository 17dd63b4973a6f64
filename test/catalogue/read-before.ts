/** A place in the file: a section, and the moment in it. */
interface Place {
  section: string;
  time?: string;
}

/** What was read so far, in this story and in those before it; what differs in names, numbers and times alone is the same. */
export class ReadBefore {
  readonly #paragraphs = new Set<string>();
  readonly #messages = new Map<string, Place>();

  /** Where the whole message was first read, in words; undefined for a new one, which is read `here`. */
  message(paragraphs: readonly string[][], here: Place): string | undefined {
    const key = paragraphs.map(withoutNames).join("\n\n");
    const first = this.#messages.get(key);
    if (!first) this.#messages.set(key, here);
    if (!first) return undefined;
    const there = first.section === here.section ? [] : [`[${first.section}](#${slug(first.section)})`];
    const words = [...there, ...(first.time === undefined ? [] : [first.time])].join(", ");
    return `(${words || "as above"})`;
  }

  /** Those that nobody has read yet; they are read now. */
  unread(paragraphs: readonly string[][]): string[][] {
    const unread = paragraphs.filter((it) => !this.#paragraphs.has(withoutNames(it)));
    for (const it of unread) this.#paragraphs.add(withoutNames(it));
    return unread;
  }
}

/** Words without what counts, measures or dates them. */
export const words = (paragraph: readonly string[]): string => paragraph.join("\n").replace(/[\d█░]+/g, "");

/** The same without the names of databases and of what belongs to them. */
const withoutNames = (paragraph: readonly string[]): string =>
  words([paragraph.join("\n").replace(/`[^`\s]+`|\b[a-z][a-z0-9]*-(?=[a-z-]*\d)[a-z0-9-]+/g, "``")]).replace(/``(, ``)+/g, "``");

/** The anchor that GitHub gives a heading. */
export const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
