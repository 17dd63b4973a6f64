import { type Engine, engineNamed } from "../deployments/engine.ts";
import type { Standing } from "../standing/standing.ts";

/** What a deployment's engine calls things; undefined if the engine is unknown. */
export function engineOf(deployment: Standing | undefined): Engine | undefined {
  return engineNamed((deployment?.source.database ?? deployment?.target?.database)?.engine);
}

/** True unless the engine is known to be no Aurora: a warning that concerns Aurora alone says so, and must not be missing. */
export function mayBeAurora(deployment: Standing | undefined): boolean {
  return engineOf(deployment)?.aurora ?? true;
}
