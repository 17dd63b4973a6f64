import type { Json } from "./messages.ts";
import { SlackRefusal } from "./refusal.ts";

/** The arguments of a Web API call and its token, which is kept apart so that it is never recorded. */
export interface CallArguments {
  readonly token: string | undefined;
  readonly arguments: Json;
}

/** Arguments that a form carries as JSON text; source: chat.postMessage, "presented as a URL-encoded string". */
const JSON_TEXT = ["blocks", "attachments", "metadata"];

/** Reads a call as WebClient (a form) or another client (JSON) sends it; throws SlackRefusal for a body that is neither. */
export async function readArguments(request: Request): Promise<CallArguments> {
  const { token: inBody, ...raw } = await readBody(request);
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  const token = bearer ?? (typeof inBody === "string" && inBody !== "" ? inBody : undefined);
  for (const name of JSON_TEXT) {
    if (typeof raw[name] === "string") raw[name] = parsedOr(raw[name]);
  }
  return { token, arguments: raw };
}

async function readBody(request: Request): Promise<Json> {
  const type = request.headers.get("content-type") ?? "";
  const text = await request.text();
  if (text === "") return {};
  if (type.startsWith("application/x-www-form-urlencoded")) return Object.fromEntries(new URLSearchParams(text));
  if (!type.startsWith("application/json")) throw new SlackRefusal(type === "" ? "missing_post_type" : "invalid_post_type");
  const body = parsedOr(text);
  if (typeof body === "string") throw new SlackRefusal("invalid_json");
  if (typeof body !== "object" || body === null || Array.isArray(body)) throw new SlackRefusal("json_not_object");
  return { ...body };
}

/** The parsed value of a JSON text, or the text itself if it is not JSON: the method then refuses it in its own words. */
function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
