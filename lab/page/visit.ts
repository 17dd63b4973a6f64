import type { MiddlewareHandler } from "hono";
import { addressed, foreignHost } from "../visitor.ts";

/** Everything comes from this page's own address, no markup runs code, and no site can frame the page. */
export const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cache-control": "no-store",
};

/** Puts the security headers on every answer. */
export const withHeaders: MiddlewareHandler = async (c, next) => {
  await next();
  for (const [name, value] of Object.entries(HEADERS)) c.res.headers.set(name, value);
};

/** Admits only requests that name this machine itself, so not a foreign site that points its own name to 127.0.0.1. */
export const fromThisMachine: MiddlewareHandler = async (c, next) => {
  const foreign = foreignHost(addressOf(c.req.raw));
  return foreign === undefined ? next() : c.text(`${foreign}\n`, 403);
};

/** Admits only JSON from this page itself or from a program without a page. */
export const fromThisPage: MiddlewareHandler = async (c, next) => {
  const origin = c.req.header("origin");
  const own = addressOf(c.req.raw).origin;
  if (origin !== undefined && origin !== own) {
    return c.json({ error: `Only the page at ${own} may do this; the request came from "${origin}".` }, 403);
  }
  const type = c.req.header("content-type") ?? "";
  if (/^application\/json\s*(;|$)/i.test(type)) return next();
  return c.json({ error: `Send JSON, with the content type application/json; received "${type}".` }, 415);
};

function addressOf(request: Request): URL {
  const { protocol, host } = new URL(request.url);
  return addressed(protocol, request.headers.get("host") ?? host);
}
