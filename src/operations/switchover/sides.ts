/** One side as it was before a switchover. */
export interface SideBefore {
  name: string;
  engineVersion?: string;
  parameterGroups: string[];
}
