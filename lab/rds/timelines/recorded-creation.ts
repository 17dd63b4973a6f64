import recording from "../../../local/recorded/aurora-major-upgrade-2024-02-05.json" with { type: "json" };

/** One event of the article's first creation. */
export interface RecordedStep {
  /** Milliseconds since the call; the minute is recorded, second and millisecond are the lab's. */
  after: number;
  about: "cluster" | "writer";
  message: string;
}

const CALL = Date.parse("2024-02-05T06:10Z");
const READY = Date.parse("2024-02-05T06:40Z");
const MINUTE = 60_000;

const [first] = recording.deployments;
if (first === undefined)
  throw new Error("The recording aurora-major-upgrade-2024-02-05.json lists no deployment: take the file as it was.");
const green = { cluster: first.target, instance: "db-instance-writer-green-8n9hio" };

/** The names and versions that stand in the recorded texts. */
export const RECORDED = { greenCluster: green.cluster, from: first.sourceVersion, to: first.targetVersion };

/** The events of green's cluster and writer from the call at 06:10 to 06:40, in the recorded order. */
export const RECORDED_STEPS: readonly RecordedStep[] = spread(
  recording.events
    .filter(({ time, sourceIdentifier }) => isOfCreation(Date.parse(time)) && Object.values(green).includes(sourceIdentifier))
    .map(({ time, sourceIdentifier, message }) => ({
      after: Date.parse(time) - CALL,
      about: sourceIdentifier === green.cluster ? ("cluster" as const) : ("writer" as const),
      message,
    })),
);

function isOfCreation(time: number): boolean {
  return time >= CALL && time <= READY;
}

/** Events of one minute come some seconds apart, so that their order is plain. */
function spread(steps: readonly RecordedStep[]): RecordedStep[] {
  return steps.map((step, index) => {
    const position = steps.slice(0, index).filter(({ after }) => after === step.after).length;
    return { ...step, after: step.after + 5_237 + position * 7_413 };
  });
}

/** Milliseconds since the call of a minute of that day, e.g. `06:24`. */
export function sinceCall(time: `06:${number}`): number {
  return Date.parse(`2024-02-05T${time}Z`) - CALL;
}

/** The last recorded moment that the lab keeps free for the deployment's own event. */
export const READY_AFTER = READY - CALL + MINUTE - 6_219;
