import type { DurableExecutionHandler } from "@aws/durable-execution-sdk-js";
import type { OperationName } from "../../operations/index.ts";
import { askAll, type SelfTestAnswer } from "./asking.ts";
import { executionAsks } from "./asks.ts";
import { type SelfTestEvent, selfTestIn } from "./event.ts";
import { asksOf, type SelfTestPorts } from "./self-test.ts";

/** How long the execution of a self-test waits between its two steps, in seconds. */
const PAUSE_SECONDS = 2;

/**
 * The same durable function, which also tests its own calls: a step, a wait, and a step that asks Lambda about its own execution.
 *
 * The alias is invoked for that directly. No rule can: an operation's rule sends `requestId` and nothing else.
 */
export function withDurableSelfTest<Input, Output>(
  name: OperationName,
  ports: SelfTestPorts & Required<Pick<SelfTestPorts, "executions">>,
  workflow: DurableExecutionHandler<Input, Output>,
): DurableExecutionHandler<Input | SelfTestEvent, Output | SelfTestAnswer> {
  return async (input, context) => {
    const asked = selfTestIn(input);
    if (!asked) return workflow(input as Input, context);
    const now = () => performance.now();
    const own = context.executionContext.durableExecutionArn;
    const first = await context.step("self-test", () => askAll(asksOf(name, asked, ports, own), now));
    await context.wait("self-test pause", { seconds: PAUSE_SECONDS });
    const second = await context.step("self-test again", () => askAll(executionAsks(ports.executions, [own]), now));
    return { selfTest: asked.id, asked: [...first, ...second] };
  };
}
