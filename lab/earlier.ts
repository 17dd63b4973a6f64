import { existsSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { Mistake } from "../local/cli/mistake.ts";
import { placeFolder } from "../local/cli/operations/place-folder.ts";
import { isAnybodyAtWork } from "../local/cli/watch/operated.ts";
import { ACCOUNT, REGION } from "../local/queue/names.ts";

/**
 * Removes what terminals keep in the folder `root` of an earlier lab at this address: its databases, operations and channel ended with it.
 * Leaves the state in which a terminal is at work; returns whether there was one. @throws Mistake where something else is in its place
 */
export async function forgetEarlier(url: string, root: string): Promise<boolean> {
  const endpoints = [url, url.replace("127.0.0.1", "localhost")];
  const states = endpoints.map((endpoint) => join(root, placeFolder(ACCOUNT, REGION, endpoint))).filter((state) => existsSync(state));
  const other = states.find((state) => !statSync(state).isDirectory());
  if (other !== undefined) throw new Mistake(`${other} is no folder, and terminals keep there what they know of the lab: take it away.`);
  const inUse = await Promise.all(states.map(isAnybodyAtWork));
  await Promise.all(states.filter((_, index) => !inUse[index]).map((state) => rm(state, { recursive: true })));
  return inUse.includes(true);
}
