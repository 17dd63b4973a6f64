import { onTestFinished } from "vitest";
import type { OperationOutput } from "../../../src/operations/end.ts";
import type { RecreatePorts } from "../../../src/operations/recreate/ports.ts";
import type { OperationNote } from "../../../src/operations/request.ts";
import { MINUTE, pass } from "../../support/handlers/sweeping.ts";
import { openTestLab, type TestLab } from "../../support/lab/stage.ts";
import { confirm, openRecreateEngine, portsOf, ruined } from "../../support/operations/recreating.ts";

/** A recreation that a person confirmed, and what it told so far. */
export interface Waiting {
  lab: TestLab;
  ports: ReturnType<typeof portsOf>;
  notes: OperationNote[];
  stuckAfterHours: number;
}

/** Opens a lab with a ruined deployment whose recreation a person has confirmed; it ends with the test. */
export async function openWaiting(): Promise<Omit<Waiting, "stuckAfterHours"> & { id: string }> {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const ports = portsOf(lab);
  lab.rds.hasten(30);
  const id = await ruined(lab);
  await confirm(id, ports);
  return { lab, ports, notes: [], id };
}

/** Runs the recreation while `scene` happens. */
export async function recreateWhile(
  { lab, ports, notes, stuckAfterHours }: Waiting,
  scene: () => Promise<void> = async () => undefined,
  rds: Partial<RecreatePorts["rds"]> = {},
): Promise<OperationOutput> {
  const tell: RecreatePorts["tell"] = async (_request, note) => Boolean(notes.push(note));
  // Hundreds of looks over the wire: what DescribeEvents says is left out of them here.
  const degradation: RecreatePorts["degradation"] = async () => ({ state: "not-seen" });
  const { run, close } = await openRecreateEngine(lab, {
    ...ports,
    stuckAfterHours,
    degradation,
    rds: { ...ports.rds, ...rds },
    tell,
  });
  let playing: Promise<void> | undefined;
  try {
    const output = await run(() => {
      playing = lab.clock.work(scene);
    });
    await playing;
    return output;
  } finally {
    await close();
  }
}

/** Waits until it is so, looking once a minute of the lab's time, for a day at most. */
export async function until(lab: TestLab, isSo: () => unknown): Promise<void> {
  for (let minute = 0; minute < 1_440 && !(await isSo()); minute += 1) await pass(lab, MINUTE);
}
