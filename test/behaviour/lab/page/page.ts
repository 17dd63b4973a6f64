import { onTestFinished } from "vitest";
import type { Mishap } from "../../../../lab/event-way.ts";
import type { JournalEntry } from "../../../../lab/journal.ts";
import { createPage, type Page } from "../../../../lab/page/page.ts";
import { createLabSlack, type LabSlack } from "../../../../lab/slack/slack.ts";
import type { Item } from "../../../../src/clients/records.ts";
import { startLab, type TestLab } from "../../../support/lab/rds.ts";

/** Where the page says that it is. */
export const ADDRESS = "http://127.0.0.1:4040";

/** A page over a real RDS wire and Slack, with everything else noted down. */
export interface TestPage extends TestLab {
  page: Page;
  slack: LabSlack;
  entries: JournalEntry[];
  /** Tells the journal's listeners of an entry, new or changed. */
  journal(entry: JournalEntry): void;
  /** What befell the next events, the guard and the stories, in order. */
  noted: string[];
  /** What the guard's table holds, by key. */
  records: Map<string, Item>;
  /** The ids of the requests on the guard's bus. */
  requestIds: string[];
  state: { speed: number; alive: boolean; playing?: string; hasNext: boolean };
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Does an action; answers with the status and what was said or refused. */
  act(action: string, input?: unknown, headers?: Record<string, string>): Promise<{ status: number; text: string }>;
}

/** Opens a page whose lab begins at the article's hour; it ends with the test. */
export async function openPage(): Promise<TestPage> {
  const lab = await startLab();
  const slack = createLabSlack({ clock: lab.clock });
  const noted: string[] = [];
  const records = new Map<string, Item>();
  const requestIds: string[] = [];
  const entries: JournalEntry[] = [];
  const journalListeners = new Set<(entry: JournalEntry) => void>();
  const guardListeners = new Set<() => void>();
  const state: TestPage["state"] = { speed: 600, alive: true, hasNext: false };
  function live(alive: boolean): void {
    noted.push(alive ? "guard started" : "guard killed");
    state.alive = alive;
    for (const listener of guardListeners) listener();
  }
  const page = createPage({
    clock: {
      now: () => lab.clock.now(),
      get speed() {
        return state.speed;
      },
      setSpeed(speed) {
        state.speed = speed;
      },
      skipToNext: () => state.hasNext,
    },
    slack,
    rds: lab.rds,
    aws: lab.client,
    url: lab.url,
    records: {
      read: async <T extends Item>(key: string) => records.get(key) as T | undefined,
      write: async () => false,
      reserve: async () => false,
      open: async () => [],
    },
    requestIds: () => requestIds,
    journal: { entries, onChange: subscribe(journalListeners) },
    guard: {
      get alive() {
        return state.alive;
      },
      kill: () => live(false),
      start: async () => live(true),
      onChange: subscribe(guardListeners),
    },
    fate: { next: (kind: Mishap, count) => void noted.push(`${kind} ${count}`) },
    stories: {
      list: [{ name: "upgrade", line: "all goes well" }],
      get playing() {
        return state.playing;
      },
      async play(name) {
        if (state.playing !== undefined) throw new Error(`${state.playing} has the stage.`);
        noted.push(`play ${name}`);
      },
    },
    lookEveryMs: 2,
  });
  onTestFinished(() => page.close());
  return {
    ...lab,
    page,
    slack,
    noted,
    entries,
    state,
    records,
    requestIds,
    journal(entry) {
      if (!entries.includes(entry)) entries.push(entry);
      for (const listener of journalListeners) listener(entry);
    },
    get: (path, headers = {}) => page.fetch(new Request(`${ADDRESS}${path}`, { headers })),
    async act(action, input = {}, headers = {}) {
      const request = new Request(`${ADDRESS}/do/${action}`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: typeof input === "string" ? input : JSON.stringify(input),
      });
      const response = await page.fetch(request);
      const { said, error } = (await response.json()) as { said?: string; error?: string };
      return { status: response.status, text: said ?? error ?? "" };
    },
  };
}

function subscribe<Listener>(listeners: Set<Listener>): (listener: Listener) => () => void {
  return (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}
