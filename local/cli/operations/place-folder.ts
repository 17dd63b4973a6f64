/** Where an account, a region and an endpoint have their own folder in the state folder: no two places have the same name. */
export function placeFolder(account = "unknown-account", region: string, endpoint: string | undefined): string {
  return [account, region, ...(endpoint === undefined ? [] : [addressOf(endpoint)])].join(".");
}

/** An endpoint's host, port and path as a name for a file; a password in it stays out of the name. */
function addressOf(endpoint: string): string {
  if (!URL.canParse(endpoint)) return encodeURIComponent(endpoint);
  const { host, pathname } = new URL(endpoint);
  return encodeURIComponent(`${host.replace(":", "_")}${pathname.replace(/\/+$/, "")}`);
}
