/** What a function is asked to test, by an invocation of a person. */
export interface SelfTest {
  /** Names the run; the item that the function writes is `selftest#<id>#<function>`. */
  id: string;
  /** ARNs of executions to ask Lambda about. */
  executions?: string[];
  /** Whether the function is to try out the channel, and nothing else: only the watch function does. */
  post?: boolean;
}

/** The event that has a function test its own calls. */
export interface SelfTestEvent {
  selfTest: SelfTest;
}

const ID = /^[\w-]{8,64}$/;

/**
 * The self-test that an event asks for; undefined for every other event.
 *
 * Only a direct invocation sends an object with the one member `selfTest`: SQS wraps a message in `Records`, a function URL in
 * `requestContext`, EventBridge an event in `detail` or, for an operation, in `requestId`, and the entrance what Slack sends in `body`.
 */
export function selfTestIn(event: unknown): SelfTest | undefined {
  if (typeof event !== "object" || event === null || Object.keys(event).join() !== "selfTest") return undefined;
  const { selfTest: asked } = event as { selfTest: unknown };
  if (typeof asked !== "object" || asked === null) return undefined;
  const { id, executions = [], post } = asked as { id?: unknown; executions?: unknown; post?: unknown };
  if (typeof id !== "string" || !ID.test(id) || !Array.isArray(executions)) return undefined;
  return { id, executions: executions.filter((it): it is string => typeof it === "string"), ...(post === true && { post }) };
}
