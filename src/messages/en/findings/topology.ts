import type { Unsupported } from "../../../plans/preflight/findings.ts";
import type { Form } from "../../form.ts";

/** What RDS does not support of blue, for the middle of a sentence. */
export function unsupported(it: Unsupported, as: Form): string {
  switch (it.what) {
    case "multi-az-cluster":
      return "it is a Multi-AZ DB cluster";
    case "serverless-v1":
      return "it is Aurora Serverless v1";
    case "global-secondary":
      return "it is a secondary cluster of a global database";
    case "replica":
      return `it is itself a replica of ${as.code(it.of)}`;
    case "cross-region-replica":
      return `${as.code(it.name)} has the cross-Region read replica ${as.code(it.replica)}`;
    case "cascaded-replica":
      return `read replica ${as.code(it.name)} has the replica ${as.code(it.replica)} of its own`;
  }
}
