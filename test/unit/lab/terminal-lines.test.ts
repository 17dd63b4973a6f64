import { expect, it } from "vitest";
import { busLine } from "../../../lab/terminal-lines.ts";
import { EventBus } from "../../../local/event-bridge/event-bus.ts";

const NOW = Date.parse("2026-01-01T10:20:30Z");
const PLAIN = { color: false, width: 100 };

function line(type: string, detail: object): string {
  const bus = new EventBus({ name: "guard", account: "123456789012", region: "ap-northeast-1", now: () => NOW });
  bus.put({ Source: "bluegreen-guard", DetailType: type, Detail: JSON.stringify(detail) });
  return bus.events.map((event) => busLine(event, NOW, PLAIN)).join("\n");
}

it("a fact on the bus is named by its deployment, a request by its id", () => {
  expect(line("Deployment Ready", { deploymentName: "orders-16" })).toBe("10:20:30 On the event bus: Deployment Ready, orders-16");
  expect(line("Recreate Requested", { requestId: "0f9a" })).toBe("10:20:30 On the event bus: Recreate Requested, request 0f9a");
});

it("what somebody forged on the bus steers no terminal", () => {
  expect(line("Recreate Requested", { requestId: "\u001b[2J" })).not.toContain("\u001b");
});
