import type { IncomingHttpHeaders } from "node:http";

const HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** The address that a request names; a name that cannot be read is nobody's. */
export function addressed(protocol: string, host: string | undefined): URL {
  const url = `${protocol}//${host ?? ""}`;
  return URL.canParse(url) ? new URL(url) : new URL("http://unreadable.invalid");
}

/** Why a request that does not name this machine itself is refused: a foreign site may point its own name to 127.0.0.1. */
export function foreignHost({ hostname }: URL): string | undefined {
  if (HOSTS.has(hostname)) return undefined;
  return `The lab answers on 127.0.0.1 and localhost only; received the host "${hostname}".`;
}

/** Why a request is refused whatever it asks for: it names another host, or comes from another site's page. */
export function whyNotFor({ host, origin }: IncomingHttpHeaders): string | undefined {
  const own = addressed("http:", host);
  const foreign = foreignHost(own);
  if (foreign !== undefined || origin === undefined || origin === own.origin) return foreign;
  return `Only the page at ${own.origin} may do this; the request came from "${origin}".`;
}
