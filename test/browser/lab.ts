import { openSession, type Session } from "../../lab/session.ts";

const DDL = "Data definition language";

/** Opens a session of the lab that prints nothing, on a free port. */
export function openQuietSession(speed: number, story?: string): Promise<Session> {
  const options = { speed, port: 0, terminal: { color: false, width: 100 }, print() {} };
  return openSession({ ...options, story, onPlay() {} });
}

/** Tells the lab's page to do something, as its buttons do. @throws Error where the lab refuses. */
export async function act({ lab }: Session, action: string, input: Record<string, unknown> = {}): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${lab.url}/do/${action}`, { method: "POST", headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`The lab refused ${action}: ${await response.text()}`);
}

/** Lets the lab's clock run at `speed` from the first event of DDL on: the article's team deletes what it ruined 3 minutes later. */
export function slowDownAtDdl(session: Session, speed: number): void {
  const stop = session.lab.journal.onChange((entry) => {
    if (!JSON.stringify(entry).includes(DDL)) return;
    stop();
    // Where it fails, who waits for what happens slowly sees that it did not.
    void act(session, "speed", { speed }).catch(() => undefined);
  });
}
