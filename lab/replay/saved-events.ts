import { BrokenFileError } from "./broken-file-error.ts";
import { type SavedEvent, savedEvent } from "./saved-event.ts";
import { savedText } from "./saved-file.ts";
import { elementsOf, savedValues } from "./saved-values.ts";

/** The keys under which AWS's answers (`Events`) and recorded stories (`events`) list events. */
const KEYS = ["Events", "events"];

/**
 * All events of a saved file: one, an array, DescribeEvents' answer as the AWS CLI prints it, or JSON lines of any of these.
 *
 * @throws UsageError for a file that cannot be read.
 * @throws BrokenFileError for one in which anything is wrong.
 */
export async function savedEvents(file: string): Promise<SavedEvent[]> {
  const values = savedValues(file, await savedText(file)).flatMap((value) => elementsOf(value, KEYS));
  return values.map(({ value, position }) => {
    try {
      return savedEvent(value);
    } catch (error) {
      throw new BrokenFileError(file, position, error instanceof Error ? error.message : String(error));
    }
  });
}
