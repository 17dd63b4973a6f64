import { Logger } from "@aws-lambda-powertools/logger";

/** Creates a function's log, one JSON object per line; service and level come from Powertools' own environment variables. */
export function createLog(logger = new Logger()) {
  return {
    info: (message: string, details: Record<string, unknown>) => logger.info(message, details),
    error: (message: string, details: Record<string, unknown>) => logger.error(message, details),
  };
}
