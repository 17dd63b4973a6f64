import { BrokenFileError } from "./broken-file-error.ts";
import { otherPlace } from "./other-place.ts";
import { type SavedEvent, savedEvent } from "./saved-event.ts";
import { savedText } from "./saved-file.ts";
import { elementsOf, placeOf, savedValues } from "./saved-values.ts";

/** The keys under which AWS's answers (`Events`) and recorded stories (`events`) list events. */
const KEYS = ["Events", "events"];

/**
 * All events of a saved file: one, an array, DescribeEvents' answer as the AWS CLI prints it, or JSON lines of any of these.
 *
 * @throws BrokenFileError for a file that cannot be read, or in which anything is wrong.
 */
export async function savedEvents(file: string): Promise<SavedEvent[]> {
  const values = savedValues(file, await savedText(file)).flatMap((value) => elementsOf(file, value, KEYS));
  return values.map((saved) => {
    try {
      return savedEvent(saved.value);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      throw new BrokenFileError(file, placeOf(saved), what + otherPlace(saved.value, "events"));
    }
  });
}
