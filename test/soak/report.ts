import type { Played } from "./play.ts";
import { type Counts, NOTHING, RULES, type Violation } from "./violation.ts";

const DAY_MS = 24 * 3_600_000;

/** What came of all stories so far. */
export class Report {
  readonly counts: Counts = { ...NOTHING };
  readonly violations: Violation[] = [];

  add({ counts, violations }: Pick<Played, "counts" | "violations">): void {
    for (const name of Object.keys(NOTHING) as (keyof Counts)[]) this.counts[name] += counts[name];
    this.violations.push(...violations);
  }

  /** The figures, a line each. */
  lines(): string[] {
    const { counts, violations } = this;
    const figures: [string, string | number][] = [
      ["stories", counts.stories],
      ["deployments", counts.deployments],
      ["simulated days", (counts.simulatedMs / DAY_MS).toFixed(1)],
      ["kills", counts.kills],
      ["outages", `${counts.outages} (${counts.failedCalls} calls failed or lost)`],
      [
        "operations",
        `${counts.begun} begun, ${counts.ended} ended; RDS accepted ${counts.deletions} deletions, ${counts.creations} creations, ${counts.switchovers} switchovers`,
      ],
      ...RULES.map((rule): [string, number] => [rule, violations.filter((it) => it.rule === rule).length]),
    ];
    return figures.map(([name, value]) => `${name}: ${value}`);
  }
}

/** What went wrong in a story, how to play it again, and the steps that led to it. */
export function violationLines({ story, violations, steps }: Played, without?: string): string[] {
  const [first] = violations;
  if (!first) return [];
  const rule = without === undefined ? "" : ` --without ${without}`;
  return [
    `${first.rule}, in story ${story.number} at ${new Date(first.at).toISOString()}: ${first.text}`,
    "What led to it:",
    ...steps.map((it) => `  ${it}`),
    `To play it again: npm run soak -- --seed ${story.seed} --story ${story.number}${rule}`,
  ];
}
