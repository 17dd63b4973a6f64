import type { OfSwitchovers, Switched } from "../../../operations/says/reasons.ts";
import type { Form, Words } from "../../form.ts";
import { sentence, told } from "../../sentences.ts";
import { advice, type Telling } from "../../telling.ts";
import { obstacleReason } from "../obstacles.ts";

/** Why a switchover is not begun, or how it ended. */
export const OF_SWITCHOVERS: Words<OfSwitchovers, Telling> = {
  "other-blue": () => "Blue is another database by now: it was replaced since.",
  "refused-as-not-ready": () => "RDS refused it as not ready: the guard asks once more.",
  "refused-for-ten-minutes": () => "RDS has refused the switchover for ten minutes, though all looks ready.",
  "somebody-else-switches": ({ at, text }, as) =>
    `RDS refused it, and lists a switchover that somebody else began (${as.time(at)}: ${as.text(text)}).`,
  "switchover-refused": ({ text }, as) => `RDS refused it: ${as.text(text)}`,
  "green-not-ready": ({ obstacles }, as) =>
    `Green is not ready after ten minutes: ${obstacles.map((it) => obstacleReason(it, as)).join(", ")}.`,
  "end-not-sure": () => "It is not known yet how the switchover ended: the guard looks again.",
  "deleted-meanwhile": () => "RDS does not list the deployment any more: somebody has deleted it.",
  "in-part": ({ members }, as) => members.map((it) => memberWords(it, as)).join(" "),
  "failed-without-reason": () => "RDS says SWITCHOVER_FAILED, and does not say why.",
  "rolled-back": ({ text, degraded }, as) =>
    told(
      sentence(as.text(text)),
      degraded ? advice("Replication is degraded: green cannot be switched to any more, recreate the deployment.", as) : "",
    ),
  "not-told": ({ status, events }, as) => {
    const saw = events.map(({ at, text }) => `${as.time(at)} ${sentence(as.text(text))}`).join(" ");
    return `RDS says ${as.text(status, 60)}, ${saw === "" ? "and lists no event of it." : `and its events say: ${saw}`}`;
  },
};

/** Which name leads where, for the person who has to act. */
function memberWords({ name, isSwitched, status, version }: Switched, as: Form): string {
  const shown = version === undefined ? "" : ` ${as.text(version, 40)}`;
  if (isSwitched) return `${as.code(name, 90)} is switched over and leads to green's database${shown}.`;
  const why = status === undefined ? "no status" : as.text(status, 60);
  return `${as.code(name, 90)} was ${as.strong("not")} switched over (${why}): it leads to blue's database${shown}.`;
}
