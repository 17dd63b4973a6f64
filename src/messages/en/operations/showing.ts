import type { Showing } from "../../../operations/says/shown.ts";
import type { Words } from "../../form.ts";
import { obstacleReason } from "../obstacles.ts";

/** What moves while an operation waits. */
export const SHOWING: Words<Showing> = {
  building: ({ status, done, of, now, statuses }, as) => {
    const tasks = of === 0 ? "" : `, ${done} of ${of} tasks done${now ? `, now ${as.text(now, 60)}` : ""}`;
    return `${as.text(status, 60)}${tasks}${statuses.length > 0 ? `; databases: ${statuses.map((it) => as.text(it, 60)).join(", ")}` : ""}`;
  },
  "waiting-for-green": ({ obstacles }, as) => obstacles.map((it) => obstacleReason(it, as)).join(", "),
  "switching-over": ({ status, switched, of }, as) =>
    `${as.text(status, 60)}${switched === 0 ? "" : `, ${switched} of ${of} switched over`}`,
  gone: () => "gone",
};
