import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { RDSClient } from "@aws-sdk/client-rds";
import { clientOf, listening } from "../../../support/lab/rds.ts";

/** The text of an answer in the form that AWS's reference prints. */
export function fixture(name: string): string {
  return readFileSync(new URL(`fixtures/${name}.xml`, import.meta.url), "utf8");
}

/** A client of a server that answers everything with one fixture: what the SDK makes of AWS's own XML. */
export async function clientOfFixture(name: string, status = 200): Promise<RDSClient> {
  const server = createServer((_request, response) => {
    response.writeHead(status, { "content-type": "text/xml" }).end(fixture(name));
  });
  return clientOf(await listening(server));
}

/** What XML says, without order and white space: each element that holds no other as path and text, sorted. */
export function leaves(xml: string): string[] {
  const found: string[] = [];
  const path: string[] = [];
  const counts: Map<string, number>[] = [new Map()];
  let text = "";
  let leaf = false;
  for (const [token, closing, name, self] of xml.matchAll(/<(\/?)([A-Za-z]+)[^>]*?(\/?)>|[^<]+/g)) {
    if (name === undefined) text = token;
    else if (closing) {
      if (leaf) found.push(`${path.join("/")}=${text.trim()}`);
      leaf = false;
      path.pop();
      counts.pop();
      text = "";
    } else {
      const number = (counts.at(-1)?.get(name) ?? 0) + 1;
      counts.at(-1)?.set(name, number);
      path.push(`${name}[${number}]`);
      counts.push(new Map());
      leaf = true;
      text = "";
      if (self) {
        found.push(`${path.join("/")}=`);
        leaf = false;
        path.pop();
        counts.pop();
      }
    }
  }
  return found.sort();
}

/** The same without texts and numbers: which elements there are. */
export function elements(xml: string): string[] {
  return [...new Set(leaves(xml).map((leaf) => leaf.replace(/=.*/s, "").replaceAll(/\[\d+\]/g, "")))];
}
