import type { Metrics } from "../../clients/metrics.ts";
import type { DeploymentView } from "../../deployments/deployment.ts";
import { lagMetricOf } from "../../deployments/lag.ts";
import type { LagReading } from "../../facts/record.ts";

/** The lags at `now` (milliseconds since 1970) of the deployments that a metric shows, by id: all in one call, which holds nothing up. */
export async function lagsOf(
  views: readonly DeploymentView[],
  metrics: Pick<Metrics, "lag">,
  now: number,
): Promise<ReadonlyMap<string, LagReading>> {
  const asked = views.flatMap((view) => {
    const metric = lagMetricOf(view);
    return metric ? [{ id: view.deployment.id, metric }] : [];
  });
  if (asked.length === 0) return new Map();
  const lags = await metrics.lag(
    asked.map(({ metric }) => metric),
    now,
  );
  const at = new Date(now).toISOString();
  return new Map(asked.flatMap(({ id }, index) => (lags[index] ? [[id, { lag: lags[index], at }]] : [])));
}
