import type { SideStanding } from "../../../standing/sides.ts";
import type { Standing } from "../../../standing/standing.ts";
import type { Form } from "../../form.ts";
import { names } from "./names.ts";

/** The two sides of a deployment, one text each: name, engine version, status, parameter groups, members. */
export function blueAndGreen(standing: Standing, as: Form): string[] {
  const { exists, source, target } = standing;
  const [blue, green] = titles(standing);
  const sides = [side(blue, source, exists, as), side(green, target, exists, as)];
  return standing.switched ? sides.reverse() : sides;
}

/** What source and target are called: neither is called production unless it is known. */
function titles({ production, switched, renamed, members, exists }: Standing): [string, string] {
  if (switched && !renamed)
    return [
      "Old blue, as it was called",
      production === "green" ? "New blue, as green was called (production now)" : "New blue, as green was called",
    ];
  if (switched) return ["Old blue", production === "green" ? "New blue (was green, production now)" : "New blue (was green)"];
  if (production === "blue") return ["Blue (production)", "Green"];
  const isPartly = members.some(({ outcome }) => outcome === "switched");
  if (isPartly) return ["Source (blue before the switchover)", "Target (green before the switchover)"];
  return exists ? ["Source (it is not known which side is production)", "Target"] : ["Source", "Target"];
}

function side(title: string, summary: SideStanding | undefined, exists: boolean, as: Form): string {
  if (!summary) return `${as.strong(title)}\n${exists ? "not there yet" : "was not there yet"}`;
  const { name, database, parameterGroups, members } = summary;
  const progress = database?.percentProgress ? ` (${database.percentProgress} %)` : "";
  const lines = [
    as.strong(title),
    as.code(name),
    // The guard no longer polls a deployment that is gone, so the status would be stale.
    database
      ? as.text(`${database.engine} ${database.engineVersion}${exists ? ` · ${database.status || "status unknown"}${progress}` : ""}`, 120)
      : "does not exist",
    names("parameter groups: ", parameterGroups, as),
    names("members: ", members, as),
  ];
  return lines.filter((line) => line !== "").join("\n");
}
