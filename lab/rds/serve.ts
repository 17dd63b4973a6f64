import { CALLER } from "../sts.ts";
import { ACTIONS } from "./actions.ts";
import type { ControlPlane } from "./control-plane.ts";
import { RdsError } from "./errors.ts";
import type { Struck } from "./faults.ts";
import { readQuery } from "./query.ts";
import { answerXml, errorXml } from "./xml.ts";

/** A call that reached the lab. */
export interface LabCall {
  /** ISO 8601, UTC, with milliseconds. */
  date: string;
  action: string;
  /** The form as it came, without Action and Version. */
  parameters: Record<string, string>;
  /** `accepted`, or the code it was refused with, including that of a fault that struck before the call took effect. */
  outcome: string;
}

/** What an onlooker's client has in its `customUserAgent`, so that it uses up no fault that is meant for others. */
export const ONLOOKER = "bluegreen-lab-onlooker";

/** Answers one request of the AWS Query protocol, a form in the body or in the URL; does not check signatures. */
export async function serve(control: ControlPlane, calls: LabCall[], request: Request): Promise<Response> {
  const form = await readForm(request);
  const action = form.get("Action") ?? "";
  const call: LabCall = { date: new Date(control.clock.now()).toISOString(), action, parameters: parametersOf(form), outcome: "accepted" };
  calls.push(call);
  const onlooker = request.headers.get("user-agent")?.includes(ONLOOKER) ?? false;
  if (control.faults.denied.has(action) && !onlooker) {
    call.outcome = "AccessDenied";
    return errorXml(denial(action), control.identifiers.uuid());
  }
  const struck = control.faults.takeCall(action, Object.values(call.parameters), onlooker);
  if (struck?.when === "before") {
    call.outcome = struck.fault;
    return strike(control, struck, request);
  }
  const response = answer(control, action, form, call);
  return struck ? strike(control, struck, request) : response;
}

/** Source: IAM User Guide, "Troubleshoot access denied error messages". */
const denial = (action: string): RdsError =>
  new RdsError(
    "AccessDenied",
    `User: ${CALLER} is not authorized to perform: rds:${action} because no identity-based policy allows the rds:${action} action`,
    403,
  );

function answer(control: ControlPlane, name: string, form: URLSearchParams, call: LabCall): Response {
  const requestId = control.identifiers.uuid();
  try {
    const action = ACTIONS.get(name);
    if (action === undefined) throw new RdsError("InvalidAction", `Could not find operation ${name} for version 2014-10-31`);
    if (!name.startsWith("Describe")) control.past.keep();
    const value = action.answer(control, readQuery(action.schema[4], form));
    return answerXml(name, action.schema[5], value, requestId);
  } catch (error) {
    if (!(error instanceof RdsError)) throw error;
    call.outcome = error.code;
    return errorXml(error, requestId);
  }
}

async function strike(control: ControlPlane, { fault }: Struck, request: Request): Promise<Response> {
  const requestId = control.identifiers.uuid();
  if (fault === "throttle") return errorXml(new RdsError("Throttling", "Rate exceeded"), requestId);
  if (fault === "server-error") {
    return errorXml(
      new RdsError("InternalFailure", "An internal error has occurred. Please try your query again at a later time.", 500),
      requestId,
    );
  }
  if (fault === "html") {
    return new Response("<html><body><h1>502 Bad Gateway</h1></body></html>", { status: 502, headers: { "content-type": "text/html" } });
  }
  await new Promise<void>((resolve) => {
    if (request.signal.aborted) resolve();
    request.signal.addEventListener("abort", () => resolve(), { once: true });
  });
  return new Response(null, { status: 500 });
}

async function readForm(request: Request): Promise<URLSearchParams> {
  return new URLSearchParams(request.method === "POST" ? await request.text() : new URL(request.url).search);
}

function parametersOf(form: URLSearchParams): Record<string, string> {
  return Object.fromEntries([...form].filter(([key]) => key !== "Action" && key !== "Version"));
}
