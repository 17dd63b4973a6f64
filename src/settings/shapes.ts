import * as z from "zod/mini";

/** An address. */
export const url = z.url({ protocol: /^https?$/, error: "takes a URL that begins with https:// or http://" });
/** A text that says something. */
export const given = z.string().check(z.minLength(1, "is empty"));

/** A word for yes or no. */
export const yesOrNo = z.pipe(
  z.enum(["true", "false"], { error: 'takes "true" or "false"' }),
  z.transform((text) => text === "true"),
);

/** Texts with commas between, each of which is one. */
export function listOf(isOne: (text: string) => boolean, takes: string) {
  const list = z.pipe(
    z.string(),
    z.transform((text) => text.split(",").filter((part) => part !== "")),
  );
  return z._default(list.check(z.refine((parts) => parts.every(isOne), takes)), []);
}

/** A number within a range, in a unit. */
export function numberOf(unit: string, [least, most]: readonly [number, number]) {
  const takes = `takes a number of ${unit}, ${least} to ${most}`;
  return z.coerce.number({ error: takes }).check(z.minimum(least, takes), z.maximum(most, takes));
}

/** The same without a fraction. */
export function wholeNumberOf(unit: string, range: readonly [number, number]) {
  return numberOf(unit, range).check(z.multipleOf(1, `takes a whole number of ${unit}`));
}
