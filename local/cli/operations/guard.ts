import type { Records } from "../../../src/clients/records.ts";

/** Who does the work that a command asks for. */
export interface Guard {
  /** Who that is, on one line of the plan. */
  words: string;
  records: Records;
  /** ARN of whoever creates, where it is known. */
  principal?: string;
  /** Has the request begun; resolves once it is handed over. */
  begin(requestId: string): Promise<void>;
  /** Takes up what another process wants stopped. */
  hear(): Promise<void>;
  close(): Promise<void>;
}
