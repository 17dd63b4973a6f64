import type { SwitchoverView } from "../switchovers.ts";
import type { StateView } from "../views.ts";
import { now, seconds } from "./clock.ts";
import { el } from "./dom.ts";

let switchovers: StateView["switchovers"] = {};

/** Takes the last switchover of each deployment, as RDS's events tell it. */
export function knowSwitchovers(seen: StateView["switchovers"]): void {
  switchovers = seen;
}

/** How long a deployment's writes have paused, in the words of RDS's events; while it lasts it counts on. */
export function pause(id: string): HTMLElement | undefined {
  const switchover = switchovers[id];
  if (!switchover) return undefined;
  const kind = switchover.end ?? "under-way";
  return el("p", { class: `pause ${kind}`, role: "timer", "data-deployment": id }, pauseWords(switchover));
}

/** Counts on in all pauses below that last. */
export function drawPauses(within: HTMLElement): void {
  for (const element of within.querySelectorAll<HTMLElement>(".pause.under-way")) {
    const switchover = switchovers[element.dataset.deployment ?? ""];
    if (switchover) element.replaceChildren(...pauseWords(switchover));
  }
}

function pauseWords({ startedAt, endedAt, end }: SwitchoverView): (Node | string)[] {
  const lasted = el("strong", {}, seconds((endedAt ?? now()) - startedAt));
  if (end === "completed") return ["Writes paused for about ", lasted, " at the switchover, by RDS's events."];
  if (end === "cancelled") return ["RDS cancelled the last switchover after ", lasted, ": blue accepts writes as before."];
  return ["RDS is switching over, and refuses writes for most of this time: ", lasted, " so far."];
}
