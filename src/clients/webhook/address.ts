import { lookup } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

// Source: IANA, "IPv4 Special-Purpose Address Registry" and "IPv6 Special-Purpose Address Registry".
const PRIVATE = new BlockList();
for (const [net, prefix] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const)
  PRIVATE.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of [
  ["::", 127],
  ["64:ff9b::", 96],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
] as const)
  PRIVATE.addSubnet(net, prefix, "ipv6");

const INNER_NAME = /^[^.]+$|(^|\.)(localhost|local|internal|lan|home\.arpa)$/i;

/** True for an address that only a machine or a private network has. */
export const isPrivateAddress = (address: string): boolean => PRIVATE.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");

/** What is wrong with the URL of a webhook, as the end of a sentence; undefined if facts may be sent there. */
export function whyNotWebhook(url: URL): string | undefined {
  if (url.protocol !== "https:") return "does not begin with https://";
  if (url.username !== "" || url.password !== "") return "names a user or a password";
  const host = url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
  const isInside = isIP(host) === 0 ? INNER_NAME.test(host) : isPrivateAddress(host);
  return isInside ? "names a host of a private network" : undefined;
}

/** Finds a host's addresses as Node does, and fails where one of them is private, whatever the name says. */
export const publicLookup: LookupFunction = (host, options, done) =>
  lookup(host, options, (error, found, family) => {
    const all = Array.isArray(found) ? found.map(({ address }) => address) : [found];
    const isInside = !error && all.some(isPrivateAddress);
    done(isInside ? new Error("Its name leads to an address of a private network.") : error, found, family);
  });
