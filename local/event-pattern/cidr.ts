import { BlockList, isIP } from "node:net";
import { InvalidEventPatternError } from "./error.ts";
import { text } from "./text-tests.ts";

/** `cidr`: an IPv4 or IPv6 range such as `10.0.0.0/24`, at most /31 and /127; throws InvalidEventPatternError for anything else. */
export function cidrTest(operand: unknown, path: string): (value: string) => boolean {
  const [address = "", bits = "", ...rest] = text("cidr", operand, path).split("/");
  const family = isIP(address);
  const longest = family === 4 ? 31 : 127;
  if (family === 0 || rest.length > 0 || !/^\d+$/.test(bits) || Number(bits) > longest) {
    throw new InvalidEventPatternError(path, 'has "cidr" without an address range: write 10.0.0.0/24', operand);
  }
  const type = family === 4 ? "ipv4" : "ipv6";
  const range = new BlockList();
  range.addSubnet(address, Number(bits), type);
  return (value) => isIP(value) === family && range.check(value, type);
}
