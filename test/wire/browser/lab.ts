import { openSession, type Session } from "../../../lab/session.ts";

const MOMENTS = /Somebody runs ALTER TABLE|They type yes/;

/**
 * Opens a session of the lab that prints nothing, on a free port.
 *
 * From a story's DDL or a person's yes on its clock runs at `slowed`, where that is given: what follows is over in a few minutes.
 */
export async function openQuietSession(speed: number, story?: string, slowed?: number, approvals?: 0 | 1): Promise<Session> {
  // As the story says it, not later over the wire: on a busy machine they would be over by then.
  const print = (line: string) => void (slowed !== undefined && MOMENTS.test(line) && session.setSpeed(slowed));
  const session = await openSession({ speed, story, approvals, port: 0, terminal: { color: false, width: 100 }, print, onPlay() {} });
  return session;
}

/** Tells the lab's page to do something, as its buttons do. @throws Error where the lab refuses. */
export async function act({ lab }: Session, action: string, input: Record<string, unknown> = {}): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(`${lab.url}/do/${action}`, { method: "POST", headers, body: JSON.stringify(input) });
  if (!response.ok) throw new Error(`The lab refused ${action}: ${await response.text()}`);
}
