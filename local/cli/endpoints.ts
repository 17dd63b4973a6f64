import { Mistake } from "./mistake.ts";

/** Thrown if what the environment or a profile names as the address of an AWS service is none; the message says what was given. */
export class EndpointError extends Mistake {}

/** What to say of an address that is none; `received` is left out where nobody knows it. */
export function endpointWords(received?: string, variable = "AWS_ENDPOINT_URL"): string {
  // What is no URL may still hold a password.
  const shown = received === undefined ? "" : `; received "${received.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/is, "$1")}"`;
  return `An endpoint's address takes a URL that begins with https:// or http://${shown}. Look at ${variable} and the profile's endpoint_url.`;
}

const isUsable = (address: string): boolean => /^https?:\/\//i.test(address) && URL.canParse(address);

/** Checks what AWS's own environment names; an empty variable names nothing. @throws EndpointError */
export function checkEndpointsIn(environment: NodeJS.ProcessEnv): void {
  for (const [name, address] of Object.entries(environment))
    if (/^AWS_ENDPOINT_URL(_|$)/.test(name) && address && !isUsable(address)) throw new EndpointError(endpointWords(address, name));
}

/** An SDK client's configuration, of which the types hide what the client asks for AWS_ENDPOINT_URL_… and the profile's endpoint_url. */
interface Configured {
  serviceConfiguredEndpoint?(): Promise<string | undefined>;
}

/** The address of the client's service that the environment or the profile names; undefined if neither does. @throws EndpointError */
export async function endpointOf({ config }: { config: object }): Promise<string | undefined> {
  const address = await (config as Configured).serviceConfiguredEndpoint?.();
  if (address && !isUsable(address)) throw new EndpointError(endpointWords(address));
  return address;
}
