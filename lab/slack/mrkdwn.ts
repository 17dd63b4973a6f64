/** Slack's mrkdwn as a reader sees it: links as `label (url)`, mentions and dates in words, entities turned back; `*_~` and code stay. */
export function readableMrkdwn(mrkdwn: string): string {
  return unescapeEntities(mrkdwn.replace(/<((?:[@#!]|[a-z][a-z+.-]*:)[^<>\n]*)>/gi, (_whole, inside: string) => readableLink(inside)));
}

/** Turns `&lt;`, `&gt;` and `&amp;` back, the only three entities that Slack knows. */
export function unescapeEntities(text: string): string {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** A link with its label, or only the address if they are the same or there is no label. */
export function linkText(url: string, label: string | undefined): string {
  return label === undefined || label === "" || label === url ? url : `${label} (${url})`;
}

function readableLink(inside: string): string {
  const bar = inside.indexOf("|");
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? undefined : inside.slice(bar + 1);
  if (target.startsWith("!date^")) return label ?? target;
  if (target.startsWith("!subteam^")) return label ?? `@${target.slice("!subteam^".length)}`;
  if (target.startsWith("!")) return label ?? `@${target.slice(1)}`;
  if (target.startsWith("#")) return `#${label ?? target.slice(1)}`;
  if (target.startsWith("@")) return label === undefined ? target : `@${label.replace(/^@/, "")}`;
  return linkText(target, label);
}
