import { expect, it } from "vitest";
import { createTracing } from "../../../src/clients/tracing.ts";
import { openXrayDaemon, subsegmentIn, TRACE } from "../../support/x-ray-daemon.ts";

async function traced(header: string | undefined) {
  const daemon = await openXrayDaemon();
  const tracing = createTracing({ trace: () => header, daemon: daemon.address });
  return {
    tracing,
    async sent() {
      await tracing.flushed();
      return (await daemon.received()).map(subsegmentIn);
    },
  };
}

const refused = (httpStatusCode: number) => Object.assign(new Error("no"), { name: "Refused", $metadata: { httpStatusCode } });

it.each([
  [400, { error: true }],
  [503, { fault: true }],
])("a call that AWS answers with %s is in the trace as %j, and goes on with the trace in its header", async (status, mark) => {
  const { tracing, sent } = await traced(TRACE.header);
  const part = tracing.trace("DynamoDB", "PutItem");
  await expect(part.run(() => Promise.reject(refused(status)))).rejects.toThrow("no");
  const [only] = await sent();
  const { error, fault } = { error: undefined, fault: undefined, ...only };
  expect({ error, fault }).toEqual({ error: undefined, fault: undefined, ...mark });
  expect(only).toMatchObject({
    name: "DynamoDB",
    namespace: "aws",
    aws: { operation: "PutItem" },
    trace_id: TRACE.root,
    parent_id: TRACE.parent,
  });
  expect(part.header).toEqual({ "x-amzn-trace-id": `Root=${TRACE.root};Parent=${only?.id};Sampled=1` });
});

it.each([undefined, "", "Root=1-2-3", TRACE.header.replace("Sampled=1", "Sampled=0")])(
  "nothing is sent of the trace %j",
  async (header) => {
    const { tracing, sent } = await traced(header);
    const span = tracing.span("RDS event");
    expect(await span.run(() => tracing.trace("SQS", "SendMessage").run(async () => "done"))).toBe("done");
    span.note({ deployment: "bgd-1" });
    span.end(new Error("no"));
    expect(await sent()).toEqual([]);
  },
);
