import { utc, utcTime } from "../../deployments/time-words.ts";
import type { Form } from "../form.ts";
import { inTerminal } from "../terminal/form.ts";
import { oneLine } from "../text.ts";
import { code, escaped, plain, quote } from "./mrkdwn.ts";

/**
 * Slack's mrkdwn: times in each reader's own zone, people as mentions. Commands are Slack's own where it takes any, otherwise a terminal's.
 * `accountName` is what people call the account. Source: Slack, "Formatting text", "Date formatting".
 */
export const slackForm = (takesCommands: boolean, accountName?: string): Form => ({
  text: plain,
  code,
  quote,
  strong: (words) => `*${words}*`,
  time: (iso) => date(iso, "{date_short_pretty} {time}", utc),
  clock: (iso) => date(iso, "{time_secs}", utcTime),
  person: ({ name, id }) => (id === undefined ? plain(name, 120) : `<@${escaped(id)}>`),
  channel: (id) => `<#${escaped(id)}>`,
  account: (id) => (accountName === undefined ? plain(id, 20) : `${plain(accountName, 60)} (${plain(id, 20)})`),
  link: (url, words) => `<${url}|${escaped(words)}>`,
  command: (command, ...rest) => code([takesCommands ? "/bluegreen" : "npx bluegreen-guard", command, ...rest].join(" "), 255),
});

/** Where Slack takes commands. */
export const IN_SLACK = slackForm(true);

/** A notification, which Slack shows without marks and reads aloud; like mrkdwn, it has to be escaped. */
export const inNotification: Form = { ...inTerminal, text: plain, code: plain, person: ({ name }) => plain(name, 120) };

/** A header and a button, which Slack shows letter by letter. */
export const inHeader: Form = {
  ...inTerminal,
  text: (outside, most = 600) => oneLine(outside, most),
  code: (outside, most = 100) => oneLine(outside, most),
  person: ({ name }) => oneLine(name, 120),
};

// Slack shows the fallback where it cannot show dates, as in a notification.
function date(iso: string, tokens: string, fallback: (iso: string) => string): string {
  const at = Date.parse(iso);
  // Slack has no times before 1970.
  if (!(at >= 0)) return plain(fallback(iso));
  return `<!date^${Math.floor(at / 1_000)}^${tokens}|${fallback(new Date(at).toISOString())}>`;
}
