import { openSession, type Session } from "../../lab/session.ts";

const DDL = "Somebody runs ALTER TABLE";

/**
 * Opens a session of the lab that prints nothing, on a free port.
 *
 * From a story's DDL on its clock runs at `afterDdl`, where that is given: the article's team deletes what it ruined 3 minutes later.
 */
export async function openQuietSession(speed: number, story?: string, afterDdl?: number, approvals?: 0 | 1): Promise<Session> {
  // As the story says it, not later over the wire: on a busy machine those minutes would be over by then.
  const print = (line: string) => void (afterDdl !== undefined && line.includes(DDL) && session.setSpeed(afterDdl));
  const session = await openSession({ speed, story, approvals, port: 0, terminal: { color: false, width: 100 }, print, onPlay() {} });
  return session;
}

/** Tells the lab's page to do something, as its buttons do. @throws Error where the lab refuses. */
export async function act({ lab }: Session, action: string, input: Record<string, unknown> = {}): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${lab.url}/do/${action}`, { method: "POST", headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`The lab refused ${action}: ${await response.text()}`);
}
