/** The tag with the name from which the names of all recreations derive. */
export const BASE_TAG = "bluegreen-guard:base";
/** The tag with the execution that created a deployment, by which the guard recognises its own. */
export const OPERATION_TAG = "bluegreen-guard:operation";
/** The tag with the id of the deployment that this one replaced. */
export const RECREATED_FROM_TAG = "bluegreen-guard:recreated-from";

const NAME = /^[a-zA-Z](?:-?[a-zA-Z0-9]+)*$/;
const BASE_LENGTH = 50;
const ID_LENGTH = 8;

/** The base for naming a deployment's recreations: its tag `bluegreen-guard:base` if RDS accepts that as a name, or its own name. */
export function baseOf({ name, tags }: { name: string; tags: Record<string, string> }): string {
  const base = tags[BASE_TAG];
  return base !== undefined && NAME.test(base) ? base : name;
}

/**
 * The name of a recreated deployment: `<base>-<8 characters of the request id>`, the same for every retry of a request.
 *
 * Cuts the base to 50 characters without a trailing hyphen. RDS accepts 1 to 60 letters, digits and single hyphens, starting with a letter.
 * Source: RDS API, CreateBlueGreenDeployment, BlueGreenDeploymentName.
 *
 * @throws RangeError if the request id has fewer than 8 letters and digits, or RDS does not accept the name.
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
