import type { Context } from "aws-lambda";
import { SERVICE } from "./names.ts";
import type { Log } from "./telemetry.ts";

/** A function's log, whose lines name the invocation that is known. */
export interface FunctionLog extends Log {
  /** Names the invocation in the lines that follow. */
  invoked(context: Context): void;
}

/** Creates a function's log, whose lines name the trace in X-Ray's `header`: one JSON object a line, errors on stderr and all else on stdout. */
export function createLog(header: () => string | undefined): FunctionLog {
  let isCold = true;
  let invocation: object = {};
  const line = (level: string, message: string, details: object) => {
    const time = { timestamp: new Date().toISOString(), service: SERVICE };
    const trace = header()?.match(/Root=([^;]+)/)?.[1];
    return `${JSON.stringify({ level, message, ...time, ...invocation, xray_trace_id: trace, ...details })}\n`;
  };
  return {
    invoked({ functionName, invokedFunctionArn, memoryLimitInMB, awsRequestId }) {
      const of = { function_name: functionName, function_arn: invokedFunctionArn, function_memory_size: memoryLimitInMB };
      invocation = { cold_start: isCold, ...of, function_request_id: awsRequestId };
      isCold = false;
    },
    info: (message, details) => void process.stdout.write(line("INFO", message, details)),
    error: (message, details) => void process.stderr.write(line("ERROR", message, details)),
  };
}
