import { onTestFinished } from "vitest";
import { readBlue } from "../../../../src/operations/claim.ts";
import type { OperationOutput } from "../../../../src/operations/end.ts";
import { type OperationRequest, requestKey } from "../../../../src/operations/request.ts";
import { openTestLab, type TestLab } from "../../../support/lab/stage.ts";
import { accepted, confirm, openRecreateEngine, portsOf, REQUEST, ruined } from "../../../support/operations/recreating.ts";
import { wordsOf } from "../../../support/operations/words.ts";

export type Ports = ReturnType<typeof portsOf>;
/** What misbehaves: functions of RDS, and of the records; `isUnwatched` if nobody hears of events. */
export type Changed = Partial<Ports["rds"]> & { records?: Partial<Ports["records"]>; isUnwatched?: boolean };

/** How a recreation stands once it has ended. */
export interface Recreated {
  outcome: OperationOutput["outcome"];
  text: string;
  request?: OperationRequest;
  /** What the lab accepted; the creation of the deployment that is recreated is not counted. */
  deletes: number;
  creates: number;
  claimed: boolean;
  hours: number;
}

/** Recreates a ruined deployment over ports that misbehave, while `during` happens. */
export async function recreateWith(
  change: (ports: Ports, lab: TestLab, id: string) => Changed,
  during?: (lab: TestLab, ports: Ports, id: string) => Promise<void>,
): Promise<Recreated> {
  const lab = await openTestLab({ lose: () => true });
  onTestFinished(() => lab.close());
  const id = await ruined(lab);
  lab.rds.hasten(30);
  const ports = portsOf(lab);
  await confirm(id, ports);
  const { records = {}, isUnwatched, ...rds } = change(ports, lab, id);
  const bent = { ...ports, isUnwatched, rds: { ...ports.rds, ...rds }, records: { ...ports.records, ...records } };
  const engine = await openRecreateEngine(lab, bent);
  const began = lab.clock.now();
  let playing: Promise<void> | undefined;
  const output = await engine.run(() => {
    playing = during && lab.clock.work(() => during(lab, ports, id));
  });
  const hours = (lab.clock.now() - began) / 3_600_000;
  await playing;
  await engine.close();
  const request = await ports.records.read<OperationRequest>(requestKey(REQUEST));
  return {
    outcome: output.outcome,
    text: wordsOf(output) ?? "",
    request,
    deletes: accepted(lab, "DeleteBlueGreenDeployment"),
    creates: accepted(lab, "CreateBlueGreenDeployment") - 1,
    claimed: (await readBlue(request?.blue ?? "", ports.records)).claim !== undefined,
    hours,
  };
}

/** An error as the SDK throws it for an answer of AWS. */
export const answeredWith = (name: string, httpStatusCode = 400): Error =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });
