import { playStory } from "./play.ts";
import { storyOf } from "./story.ts";

const [seed = 0, from = 0, to = 0] = process.argv.slice(2).map(Number);
const t0 = performance.now();
const sum: Record<string, number> = {};
for (let k = from; k < to; k++) {
  const p = await playStory(storyOf(seed, k));
  for (const [n, v] of Object.entries(p.counts)) sum[n] = (sum[n] ?? 0) + (v as number);
  for (const v of p.violations.slice(0, 1))
    console.log(k, "VIOLATION", v.rule, new Date(v.at).toISOString().slice(8, 19), v.text.slice(0, 900));
}
console.log(Math.round(performance.now() - t0), "ms", JSON.stringify(sum));
