import type { SlackError } from "../clients/slack/failure.ts";
import type { Telemetry } from "../clients/telemetry.ts";
import type { Due } from "./due-message.ts";
import type { Mark } from "./marks.ts";
import { type Places, placed } from "./places.ts";

/** Where a message is sent, and which channels there are. */
export interface To {
  channel: string;
  places: Places;
}

/** What came of sending: what to mark, and what was not taken. */
export interface Sent {
  marks: Mark[];
  failures: { what: keyof Due; error: unknown }[];
}

/** True if a channel other than the default one refuses what the guard sends to it, and will until a person mends that. */
export function refusesForGood(error: unknown, channel: string, { byDefault, isSet }: Places): boolean {
  const { kind, ofAddress } = error as Partial<SlackError>;
  return channel !== byDefault && ofAddress === true && (kind === "settings" || !isSet(channel));
}

/** What came of sending to a channel: what it refuses for good has not failed, but is told in the default channel from then on. */
export function withFallen({ marks, failures }: Sent, key: string, { channel, places }: To, telemetry: Telemetry): Sent {
  const isForGood = ({ what, error }: Sent["failures"][number]) => what !== "bus" && refusesForGood(error, channel, places);
  const refused = failures.find(isForGood);
  if (!refused) return { marks, failures };
  const why = refused.error instanceof Error ? refused.error.message : "";
  telemetry.log.error(`${why} It is told in the default channel.`, { channel, key });
  return {
    marks: [...marks, (record) => placed({ ...record, fallen: { ...record.fallen, [channel]: why } }, places)],
    failures: failures.filter((it) => !isForGood(it)),
  };
}
