import type { EventBus } from "../../local/event-bridge/event-bus.ts";
import { answerEvents } from "../../local/event-bridge/events-server.ts";
import { type EventPattern, InvalidEventPatternError } from "../../local/event-pattern.ts";
import { type Actions, answerJson, ServiceError } from "../../local/json-service.ts";
import { checkAllowed, type LabAccount } from "../account.ts";
import type { StackResource } from "./stack.ts";

/** What EventBridge is asked about the bus itself. */
const OF_BUS = new Set(["PutEvents", "DescribeEventBus"]);

/** Plays EventBridge: what the stack's template says of rules and targets, and what is asked of `bus`. */
export function answerStackEvents(account: LabAccount, bus: EventBus, request: Request): Promise<Response> {
  const name = request.headers.get("x-amz-target")?.split(".").at(-1) ?? "";
  return OF_BUS.has(name) ? answerEvents(bus, request) : answerJson(actionsOf(account), request);
}

interface Target {
  Id: string;
  Arn: string;
}

function actionsOf(account: LabAccount): Actions {
  const { stack } = account;
  const rules = (busName: unknown) =>
    (stack?.resources("AWS::Events::Rule") ?? []).filter(
      ({ properties }) => (properties["EventBusName"] ?? "default") === (busName ?? "default"),
    );
  const ruleNamed = ({ Name, Rule, EventBusName }: Record<string, unknown>): StackResource => {
    const found = rules(EventBusName).find(({ physicalId }) => physicalId === (Name ?? Rule));
    if (!found)
      throw new ServiceError("ResourceNotFoundException", `Rule ${Name ?? Rule} does not exist on EventBus ${EventBusName ?? "default"}.`);
    return found;
  };
  const targetsOf = ({ properties }: StackResource) => (properties["Targets"] ?? []) as Target[];
  return {
    ListRuleNamesByTarget({ TargetArn, EventBusName }) {
      checkAllowed(account, "events:ListRuleNamesByTarget");
      const leading = rules(EventBusName).filter((rule) => targetsOf(rule).some(({ Arn }) => Arn === TargetArn));
      return { RuleNames: leading.map(({ physicalId }) => physicalId) };
    },
    DescribeRule(input) {
      checkAllowed(account, "events:DescribeRule");
      const { physicalId: Name, logicalId, properties } = ruleNamed(input);
      const { State, EventPattern, Description } = properties;
      const Arn = stack?.references.attribute(logicalId, "Arn");
      return {
        Name,
        Arn,
        State,
        Description,
        EventPattern: JSON.stringify(EventPattern),
        EventBusName: input["EventBusName"] ?? "default",
      };
    },
    ListTargetsByRule(input) {
      checkAllowed(account, "events:ListTargetsByRule");
      return { Targets: targetsOf(ruleNamed(input)) };
    },
    TestEventPattern({ EventPattern, Event }) {
      checkAllowed(account, "events:TestEventPattern");
      try {
        return { Result: account.matches(JSON.parse(String(EventPattern)) as EventPattern, JSON.parse(String(Event))) };
      } catch (error) {
        // Of what EventBridge takes, the lab's matcher has only what the guard's rules use.
        if (error instanceof InvalidEventPatternError) throw new ServiceError("InvalidEventPatternException", error.message);
        throw error;
      }
    },
  };
}
