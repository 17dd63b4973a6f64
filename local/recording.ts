/** What a service answered to one call, as it came over the wire. */
export interface Exchange {
  /** AWS's name for the service in signatures, such as `lambda`, or `slack`. */
  service: string;
  /** What was called: an operation's or a method's name, or method and path where a service has no other name for it. */
  operation: string;
  /** What was sent, which tells calls of the same operation apart. */
  request: string;
  status: number;
  /** Headers that mean something to a client, names in lower case. */
  headers: Record<string, string>;
  body: string;
}

/** What `doctor --record` writes, and the lab plays. */
export interface Recording {
  version: 1;
  /** ISO 8601, UTC: the day. */
  recordedOn: string;
  /** The Region in which it was asked. */
  region: string;
  exchanges: Exchange[];
}

/** A request as far as a recording tells requests apart. */
export interface Asked {
  method: string;
  /** With the query. */
  path: string;
  /** Names in lower case. */
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** The service that a signed request is meant for; undefined if it is not signed. */
export const serviceIn = (authorization: string | undefined): string | undefined =>
  authorization?.match(/Credential=[^/]+\/\d+\/[^/]+\/([a-z0-9-]+)\//)?.[1];

/** The operation that a request asks for, by whichever of AWS's protocols it speaks. */
export function operationIn({ method, path, headers, body }: Asked): string {
  const target = headers["x-amz-target"]?.split(".").at(-1);
  if (target !== undefined) return target;
  const action = /^application\/x-www-form-urlencoded/.test(headers["content-type"] ?? "") ? new URLSearchParams(body).get("Action") : null;
  return action ?? `${method} ${path}`;
}
