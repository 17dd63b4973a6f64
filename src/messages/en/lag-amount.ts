import type { LagMetric } from "../../deployments/lag.ts";

/** A lag in words; a MB is 1,024 × 1,024 bytes. */
export function lagAmount(value: number, unit: LagMetric["unit"]): string {
  return unit === "bytes" ? `${Math.round(value / 1024 ** 2)} MB` : `${Math.round(value)} s`;
}
