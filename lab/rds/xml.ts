import { XmlShapeSerializer } from "@aws-sdk/core/protocols";
import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef } from "@smithy/types";
import type { RdsError } from "./errors.ts";

/** The service that answers: the namespace of its XML, and the name of its schemas. */
export interface QueryService {
  namespace: string;
  name: string;
}

const RDS: QueryService = { namespace: "http://rds.amazonaws.com/doc/2014-10-31/", name: "com.amazonaws.rds" };
const ISO_8601 = 5;

/** The response to a successful call, in the XML of the AWS Query protocol. */
export function answerXml(action: string, output: $SchemaRef, value: unknown, requestId: string, service = RDS): Response {
  const body =
    `<${action}Response xmlns="${service.namespace}"><${action}Result>${innerXml(output, value, service)}</${action}Result>` +
    `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return xmlResponse(200, body, requestId);
}

/** The response to a refused call; `Receiver` is AWS's word for a failure on its own side. */
export function errorXml({ code, message, status }: RdsError, requestId: string, service = RDS): Response {
  const body =
    `<ErrorResponse xmlns="${service.namespace}"><Error><Type>${status >= 500 ? "Receiver" : "Sender"}</Type><Code>${code}</Code>` +
    `<Message>${escaped(message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return xmlResponse(status, body, requestId);
}

function xmlResponse(status: number, body: string, requestId: string): Response {
  return new Response(body, { status, headers: { "content-type": "text/xml", "x-amzn-requestid": requestId } });
}

/** The serializer names the outermost element after the shape, AWS after the action, so it is removed here. */
function innerXml(output: $SchemaRef, value: unknown, { namespace, name }: QueryService): string {
  const serializer = new XmlShapeSerializer({
    xmlNamespace: namespace,
    serviceNamespace: name,
    timestampFormat: { default: ISO_8601, useTrait: true },
    httpBindings: false,
  });
  serializer.write(NormalizedSchema.of(output), value);
  return String(serializer.flush())
    .replace(/^<[^>]*>/, "")
    .replace(/<\/[^<>]*>$/, "");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
