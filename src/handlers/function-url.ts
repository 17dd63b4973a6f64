import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";

/** Creates the handler behind a function URL from what answers requests. Source: Lambda developer guide, "Invoking function URLs". */
export function overFunctionUrl(answer: (request: Request) => Promise<Response>) {
  return async (event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> => {
    const { rawPath, rawQueryString, headers, body, isBase64Encoded, requestContext } = event;
    const { method } = requestContext.http;
    const bytes = method === "GET" || method === "HEAD" ? undefined : Buffer.from(body ?? "", isBase64Encoded ? "base64" : "utf8");
    const url = `https://${requestContext.domainName}${rawPath}${rawQueryString ? `?${rawQueryString}` : ""}`;
    const response = await answer(new Request(url, { method, headers: headers as Record<string, string>, body: bytes }));
    return { statusCode: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
}
