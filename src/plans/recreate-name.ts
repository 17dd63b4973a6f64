/** The tag that holds the name which the names of all recreations are made of. */
export const BASE_TAG = "bluegreen-guard:base";
/** The tag that holds the execution which created a deployment: by it the guard knows its own. */
export const OPERATION_TAG = "bluegreen-guard:operation";
/** The tag that holds the id of the deployment in whose place one was created. */
export const RECREATED_FROM_TAG = "bluegreen-guard:recreated-from";

const NAME = /^[a-zA-Z](?:-?[a-zA-Z0-9]+)*$/;
const BASE_LENGTH = 50;
const ID_LENGTH = 8;

/** The base of a deployment's recreations: its tag `bluegreen-guard:base` where that is a name RDS accepts, or its own name. */
export function baseOf({ name, tags }: { name: string; tags: Record<string, string> }): string {
  const base = tags[BASE_TAG];
  return base !== undefined && NAME.test(base) ? base : name;
}

/**
 * The name of a recreated deployment: `<base>-<8 characters of the request id>`, the same for every try of one request.
 *
 * The base is cut to 50 characters, without a hyphen at the end. RDS accepts 1 to 60 letters, digits and single hyphens, a letter first.
 * Source: RDS API, CreateBlueGreenDeployment, BlueGreenDeploymentName.
 *
 * @throws RangeError for a request id with fewer than 8 letters and digits, or a base that RDS does not accept as a name.
 */
export function recreateName(base: string, requestId: string): string {
  const id = requestId.replaceAll(/[^a-zA-Z0-9]/g, "").slice(0, ID_LENGTH);
  if (id.length < ID_LENGTH) {
    throw new RangeError(`Request id "${requestId}" has ${id.length} letters and digits: a name needs ${ID_LENGTH} of them.`);
  }
  const name = `${base.slice(0, BASE_LENGTH).replace(/-+$/, "")}-${id}`;
  if (NAME.test(name)) return name;
  throw new RangeError(
    `"${base}" cannot begin the name of a blue/green deployment: it takes letters, digits and single hyphens, a letter first. Set another in the tag ${BASE_TAG}.`,
  );
}
