import { randomUUID } from "node:crypto";
import { GetCallerIdentity$ } from "@aws-sdk/client-sts";
import { ACCOUNT } from "../local/queue/names.ts";
import { RdsError } from "./rds/errors.ts";
import { answerXml, errorXml, type QueryService } from "./rds/xml.ts";

const STS: QueryService = { namespace: "https://sts.amazonaws.com/doc/2011-06-15/", name: "com.amazonaws.sts" };

/** The identity of every caller of the lab's AWS, whatever credentials they have. */
export const CALLER = `arn:aws:iam::${ACCOUNT}:user/oncall`;

/** Plays STS's GetCallerIdentity on the AWS Query protocol: the SDK's client works against it unchanged. */
export async function answerSts(request: Request): Promise<Response> {
  const requestId = randomUUID();
  const action = new URLSearchParams(await request.text()).get("Action") ?? "";
  if (action !== "GetCallerIdentity") {
    return errorXml(new RdsError("InvalidAction", `Could not find operation ${action} for version 2011-06-15`), requestId, STS);
  }
  const identity = { UserId: "AIDACKCEVSQ6C2EXAMPLE", Account: ACCOUNT, Arn: CALLER };
  return answerXml(action, GetCallerIdentity$[5], identity, requestId, STS);
}
