/** What happens to a call: `throttle` 400, `server-error` 500, `html` a proxy's page with 502, `hang` no answer at all. */
export type CallFault = "throttle" | "server-error" | "html" | "hang";

/** Which calls a fault affects. */
export interface Aim {
  /** How many calls; 1 if left out. */
  times?: number;
  /** The only action it affects; any if left out. */
  action?: string;
  /** Only calls that name this in a parameter, for example a deployment's id. */
  about?: string;
  /** `after`: the call takes effect and only its answer is lost; `before` if left out. */
  when?: "before" | "after";
  /** True if it affects the calls of onlookers, such as the lab's page, and no others. */
  onlookers?: boolean;
}

/** A fault that affected a call. */
export interface Struck {
  fault: CallFault;
  when: "before" | "after";
}

/**
 * How a switchover goes wrong: `cancel` by a guardrail, `sequences` because they cannot be synchronised, both with an event and rolled
 * back; `fail` as SWITCHOVER_FAILED without one.
 */
export type SwitchoverFault = { kind: "cancel" | "fail"; reason: string } | { kind: "sequences" };

/** Makes the lab misbehave, once or a number of times. */
export class Faults {
  /** The actions for which callers other than the lab's page lack the permission: AccessDenied (403), as long as they stand here. */
  readonly denied = new Set<string>();
  #calls: (Struck & Pick<Aim, "action" | "about"> & { left: number; onlookers: boolean })[] = [];
  #creation?: { kind: "fail"; reason: string } | { kind: "stuck" };
  #switchover?: SwitchoverFault;

  /** The next calls are refused with Throttling (400). */
  throttle(aim: Aim = {}): void {
    this.#add("throttle", aim);
  }

  /** The next calls end with InternalFailure (500). */
  serverError(aim: Aim = {}): void {
    this.#add("server-error", aim);
  }

  /** The next calls end with an HTML page (502), as a proxy sends it. */
  htmlPage(aim: Aim = {}): void {
    this.#add("html", aim);
  }

  /** The next calls are never answered; they end when the caller gives up. */
  hang(aim: Aim = {}): void {
    this.#add("hang", aim);
  }

  /** The next creation fails on the way: event RDS-EVENT-0245, status INVALID_CONFIGURATION. */
  failCreation(reason: string): void {
    this.#creation = { kind: "fail", reason };
  }

  /** The next creation stays PROVISIONING until it is deleted. */
  stickCreation(): void {
    this.#creation = { kind: "stuck" };
  }

  /** The next switchover is cancelled by a guardrail and rolled back. */
  cancelSwitchover(reason: string): void {
    this.#switchover = { kind: "cancel", reason };
  }

  /** The next switchover is rolled back because its sequences cannot be synchronised: RDS-EVENT-0310 or 0314. */
  failSequenceSync(): void {
    this.#switchover = { kind: "sequences" };
  }

  /** The next switchover ends as SWITCHOVER_FAILED with `reason` in the status details, and no event says so. */
  failSwitchover(reason: string): void {
    this.#switchover = { kind: "fail", reason };
  }

  /** The fault that affects this call, which is then used up. */
  takeCall(action: string, parameters: readonly string[], onlooker: boolean): Struck | undefined {
    const found = this.#calls
      .filter((fault) => fault.left > 0 && fault.onlookers === onlooker)
      .find((fault) => (fault.action ?? action) === action && (fault.about === undefined || parameters.includes(fault.about)));
    if (found === undefined) return undefined;
    found.left -= 1;
    return { fault: found.fault, when: found.when };
  }

  /** What happens to the creation that starts now; used up. */
  takeCreation(): { kind: "fail"; reason: string } | { kind: "stuck" } | undefined {
    const taken = this.#creation;
    this.#creation = undefined;
    return taken;
  }

  /** What happens to the switchover that starts now; used up. */
  takeSwitchover(): SwitchoverFault | undefined {
    const taken = this.#switchover;
    this.#switchover = undefined;
    return taken;
  }

  #add(fault: CallFault, { times = 1, action, about, when = "before", onlookers = false }: Aim): void {
    this.#calls.push({ fault, when, action, about, onlookers, left: times });
  }
}
