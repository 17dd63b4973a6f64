import type { Summary } from "../facts/summary.ts";

/** Which words fit a deployment's engine; where the engine is not known, more than one family may. */
export interface EngineWords {
  aurora: boolean;
  postgresql: boolean;
  mysql: boolean;
}

/** The families that the engine of a deployment may belong to: all where it is not known. */
export function engineOf(deployment: Summary | undefined): EngineWords {
  const engine = (deployment?.source.database ?? deployment?.target?.database)?.engine;
  if (engine === undefined) return { aurora: true, postgresql: true, mysql: true };
  return { aurora: engine.startsWith("aurora"), postgresql: /postgres/.test(engine), mysql: /mysql|mariadb/.test(engine) };
}
