/** A message that asks the operators to approve a request. */
export interface AskedPlace {
  channel: string;
  ts: string;
  /** The `ts` of the message whose thread it stands in; absent if it stands in the channel itself. */
  thread?: string;
  /** True once they were reminded there. */
  reminded?: true;
}
