import { utc, utcTime } from "../../deployments/time-words.ts";
import type { Form } from "../form.ts";
import { code, escaped, plain } from "./mrkdwn.ts";

/**
 * Slack's mrkdwn: times in each reader's own zone, people as mentions. Commands are Slack's own where it takes any, otherwise a terminal's.
 * Source: Slack, "Formatting text", "Date formatting".
 */
export const slackForm = (takesCommands: boolean): Form => ({
  text: plain,
  code,
  strong: (words) => `*${words}*`,
  time: (iso) => date(iso, "{date_short_pretty} {time}", utc(iso)),
  clock: (iso) => date(iso, "{time_secs}", utcTime(iso)),
  person: ({ name, id }) => (id === undefined ? plain(name, 120) : `<@${escaped(id)}>`),
  link: (url, words) => `<${url}|${escaped(words)}>`,
  command: (command, ...rest) => code([takesCommands ? "/bluegreen" : "npx bluegreen-guard", command, ...rest].join(" "), 255),
});

// Slack shows the fallback where it cannot show dates, as in a notification.
function date(iso: string, tokens: string, fallback: string): string {
  const seconds = Math.floor(Date.parse(iso) / 1_000);
  return Number.isNaN(seconds) ? fallback : `<!date^${seconds}^${tokens}|${fallback}>`;
}
