import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join, parse } from "node:path";
import { InOrder } from "./in-order.ts";
import type { KeptMessage } from "./message.ts";
import { readMessage, writeMessage } from "./message-file.ts";
import { syncFolder, UNFINISHED, writeWhole } from "./write-file.ts";

/** A file that holds no message, kept aside for a person to look at; beside it stands a `.txt` with the error. */
export interface BrokenFile {
  /** Where it is kept now. */
  path: string;
  error: string;
}

/** Messages on disk, one file each. One process at a time may have the folder open. */
export class MessageFolder {
  readonly path: string;
  #order = new InOrder();

  constructor(path: string) {
    this.path = path;
  }

  /** Reads every message, oldest first, and keeps broken files aside in the folder `aside`; makes the folder where it is not there yet. */
  async load(aside: string): Promise<{ messages: KeptMessage[]; broken: BrokenFile[] }> {
    await mkdir(this.path, { recursive: true });
    const messages: KeptMessage[] = [];
    const broken: BrokenFile[] = [];
    for (const entry of await readdir(this.path, { withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(this.path, entry.name);
      if (entry.name.endsWith(UNFINISHED)) await rm(path);
      if (!entry.name.endsWith(".json")) continue;
      const text = await readFile(path, "utf8");
      try {
        messages.push(readMessage(parse(path).name, text));
      } catch (error) {
        broken.push(await keepAside(path, aside, error));
      }
    }
    return { messages: messages.sort((a, b) => a.sentAt - b.sentAt), broken };
  }

  /** Returns once the message is on the disk. */
  save(message: KeptMessage): Promise<void> {
    return this.#order.run(message.messageId, () => writeWhole(this.#file(message.messageId), writeMessage(message)));
  }

  /** Returns once the message is gone from the disk. */
  remove(messageId: string): Promise<void> {
    return this.#order.run(messageId, async () => {
      await rm(this.#file(messageId), { force: true });
      await syncFolder(this.path);
    });
  }

  /** Saves the message and moves it to another folder in one step: whenever the process is killed, it is in one of the two. */
  moveTo(other: MessageFolder, message: KeptMessage): Promise<void> {
    return this.#order.run(message.messageId, async () => {
      await writeWhole(this.#file(message.messageId), writeMessage(message));
      await rename(this.#file(message.messageId), other.#file(message.messageId));
      await syncFolder(other.path);
      await syncFolder(this.path);
    });
  }

  #file(messageId: string): string {
    return join(this.path, `${messageId}.json`);
  }
}

async function keepAside(path: string, aside: string, error: unknown): Promise<BrokenFile> {
  const { name, ext, base } = parse(path);
  const reason = error instanceof Error ? error.message : String(error);
  // Its own name might be taken by an earlier broken file.
  const kept = join(aside, `${name}.${randomUUID().slice(0, 8)}`);
  await mkdir(aside, { recursive: true });
  const text = `The queue could not read ${base}, found in ${parse(path).dir}:\n${reason}\nRepair it and put it back under that name while the queue is closed.\n`;
  await writeWhole(`${kept}.txt`, text);
  await rename(path, `${kept}${ext}`);
  return { path: `${kept}${ext}`, error: reason };
}
