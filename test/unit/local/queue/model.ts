/** How the queue of these properties is set. */
export const SETTINGS = { visibilitySeconds: 30, maxReceiveCount: 2 };

const FOURTEEN_DAYS = 14 * 24 * 3_600_000;
const TWELVE_HOURS = 43_200_000;

interface ModelMessage {
  id: string;
  body: string;
  sentAt: number;
  visibleAt: number;
  count: number;
  receivedAt: number;
  /** The number of the last receive. */
  receive: number;
}

/** What a queue has to do, said as simply as possible, with numbers for handles. */
export class Model {
  now = 0;
  live: ModelMessage[] = [];
  dead: ModelMessage[] = [];
  /** Every receive there was, in order: which message it gave. */
  receives: string[] = [];

  send(id: string, body: string, delaySeconds: number): void {
    this.live.push({ id, body, sentAt: this.now, visibleAt: this.now + delaySeconds * 1_000, count: 0, receivedAt: 0, receive: -1 });
  }

  /** The messages that a receive has to give. */
  receive(max: number): ModelMessage[] {
    const given: ModelMessage[] = [];
    this.live = this.live.filter((it) => this.now - it.sentAt <= FOURTEEN_DAYS);
    const visible = this.live.filter((it) => it.visibleAt <= this.now);
    this.dead.push(...visible.filter((it) => it.count === SETTINGS.maxReceiveCount));
    this.live = this.live.filter((it) => !this.dead.includes(it));
    for (const message of visible.filter((it) => it.count < SETTINGS.maxReceiveCount).slice(0, max)) {
      const visibleAt = this.now + SETTINGS.visibilitySeconds * 1_000;
      Object.assign(message, { count: message.count + 1, receivedAt: this.now, visibleAt, receive: this.receives.length });
      this.receives.push(message.id);
      given.push(message);
    }
    return given;
  }

  delete(receive: number): void {
    this.live = this.live.filter((it) => it.receive !== receive);
  }

  /** Changes the visibility, or says how that has to be refused. */
  changeVisibility(receive: number, seconds: number): string | undefined {
    const message = this.live.find((it) => it.id === this.receives[receive]);
    if (!message) return "InvalidParameterValue";
    if (message.receive !== receive) return undefined;
    if (message.visibleAt <= this.now) return "MessageNotInflight";
    if (this.now + seconds * 1_000 > message.receivedAt + TWELVE_HOURS) return "InvalidParameterValue";
    message.visibleAt = this.now + seconds * 1_000;
    return undefined;
  }

  depth() {
    const visible = this.live.filter((it) => it.visibleAt <= this.now).length;
    const delayed = this.live.filter((it) => it.visibleAt > this.now && it.count === 0).length;
    return { visible, inFlight: this.live.length - visible - delayed, delayed };
  }

  nextVisibleAt(): number | undefined {
    return this.live.length > 0 ? Math.min(...this.live.map((it) => it.visibleAt)) : undefined;
  }
}
