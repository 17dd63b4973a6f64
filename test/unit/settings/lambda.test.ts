import { expect, it } from "vitest";
import { endpointsIn, readLambda } from "../../../src/settings/lambda.ts";

const LAMBDA = { AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "key", AWS_SESSION_TOKEN: "token" };
const HEADER = "Root=1-65c0b1f0-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=53995c3f42cd8ad8;Sampled=1";

it("region and credentials are those of Lambda", () => {
  const { region, credentials } = readLambda(LAMBDA);
  expect({ region, credentials }).toEqual({
    region: "ap-northeast-1",
    credentials: { accessKeyId: "id", secretAccessKey: "key", sessionToken: "token" },
  });
});

it("what Lambda would have set and has not is named", () => {
  expect(() => readLambda({ AWS_REGION: "ap-northeast-1", AWS_ACCESS_KEY_ID: "" })).toThrow(
    "AWS_ACCESS_KEY_ID is not set. AWS_SECRET_ACCESS_KEY is not set.",
  );
});

it("a service is where its own variable says, else where that of all services says, else at AWS", () => {
  const environment = { AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://secrets", AWS_ENDPOINT_URL: "http://all" };
  expect(["Secrets Manager", "SQS"].map(endpointsIn(environment))).toEqual(["http://secrets", "http://all"]);
  expect(endpointsIn({ AWS_ENDPOINT_URL: "" })("SQS")).toBeUndefined();
});

it("the trace is that of the invocation under way, and there is none outside Lambda", () => {
  const environment: Record<string, string> = { ...LAMBDA, AWS_LAMBDA_FUNCTION_NAME: "watch" };
  const { trace, daemon } = readLambda(environment);
  expect([trace(), daemon]).toEqual([undefined, "127.0.0.1:2000"]);
  environment["_X_AMZN_TRACE_ID"] = HEADER;
  expect(trace()).toBe(HEADER);
  expect(readLambda({ ...LAMBDA, _X_AMZN_TRACE_ID: HEADER }).trace()).toBeUndefined();
});
