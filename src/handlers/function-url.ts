import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import type { EntranceAnswer, EntranceRequest } from "./slack.ts";

/** Creates the handler behind a function URL from what answers requests. Source: Lambda developer guide, "Invoking function URLs". */
export function overFunctionUrl(answer: (request: EntranceRequest) => Promise<EntranceAnswer>) {
  return async (event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> => {
    const { rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext } = event;
    const { status, ...answered } = await answer({
      method: requestContext.http.method,
      path: rawPath,
      query: rawQueryString,
      headers,
      body: () => Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8"),
    });
    return { statusCode: status, ...answered };
  };
}
