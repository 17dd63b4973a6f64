import type { Standing } from "../standing/standing.ts";

/** Which words fit a deployment's engine; several families if the engine is unknown. */
export interface EngineWords {
  aurora: boolean;
  postgresql: boolean;
  mysql: boolean;
}

/** The families that a deployment's engine can belong to: all if it is unknown. */
export function engineOf(deployment: Standing | undefined): EngineWords {
  const engine = (deployment?.source.database ?? deployment?.target?.database)?.engine;
  if (engine === undefined) return { aurora: true, postgresql: true, mysql: true };
  return { aurora: engine.startsWith("aurora"), postgresql: /postgres/.test(engine), mysql: /mysql|mariadb/.test(engine) };
}
