import { randomUUID } from "node:crypto";
import {
  type ContextEntry,
  type EvaluationResult,
  GetRole$,
  type GetRoleRequest,
  type GetRoleResponse,
  ListAccountAliases$,
  NoSuchEntityException$,
  type SimulatePolicyResponse,
  SimulatePrincipalPolicy$,
  type SimulatePrincipalPolicyRequest,
} from "@aws-sdk/client-iam";
import { ACCOUNT } from "../local/queue/names.ts";
import { fault, RdsError } from "./rds/errors.ts";
import { readQuery } from "./rds/query.ts";
import { answerXml, errorXml, type QueryService } from "./rds/xml.ts";

const IAM: QueryService = { namespace: "https://iam.amazonaws.com/doc/2010-05-08/", name: "com.amazonaws.iam" };

/** A question to the lab's IAM: one action on one resource, with the condition keys of the call. */
export interface SimulatedAction {
  principal: string;
  action: string;
  resource: string;
  context: Record<string, string>;
}

/** What the lab's IAM answers if it does not allow the action. */
export interface Denial {
  decision: "explicitDeny" | "implicitDeny";
  /** Condition keys that the policy needs and the call did not give. */
  missing?: string[];
}

/** A make-believe IAM that simulates policies and knows roles by their names: every principal may do everything except what is denied here. */
export interface LabIam {
  fetch(request: Request): Promise<Response>;
  /** The ARNs that exist; undefined means every ARN. */
  principals: Set<string> | undefined;
  /** Decides what is denied; the last rule that answers for an action wins. */
  deny(denies: (asked: SimulatedAction) => Denial | undefined): void;
  /** True if the simulation itself is denied: AccessDenied (403). */
  closed: boolean;
  /** True if it does not tell what ARN a role has: AccessDenied (403). */
  rolesHidden: boolean;
  /** What the account's people call it; undefined if nothing. */
  alias: string | undefined;
  /** All questions so far. */
  readonly asked: readonly SimulatedAction[];
}

/** Plays IAM's SimulatePrincipalPolicy, GetRole and ListAccountAliases on the AWS Query protocol: the SDK's client works against it unchanged. */
export function createLabIam(): LabIam {
  const denials: ((asked: SimulatedAction) => Denial | undefined)[] = [];
  const asked: SimulatedAction[] = [];
  const iam: LabIam = {
    principals: undefined,
    closed: false,
    rolesHidden: false,
    alias: undefined,
    asked,
    deny: (denies) => void denials.unshift(denies),
    async fetch(request) {
      const requestId = randomUUID();
      try {
        const form = new URLSearchParams(await request.text());
        // Each schema has read its form, so it has the shape that the operation's own type says.
        if (form.get("Action") === "GetRole")
          return answerXml("GetRole", GetRole$[5], getRole(iam, readQuery(GetRole$[4], form) as GetRoleRequest), requestId, IAM);
        if (form.get("Action") === "ListAccountAliases") {
          const AccountAliases = iam.alias === undefined ? [] : [iam.alias];
          return answerXml("ListAccountAliases", ListAccountAliases$[5], { AccountAliases, IsTruncated: false }, requestId, IAM);
        }
        const value = simulate(iam, readSimulation(form), (question) => {
          asked.push(question);
          return denials.map((denies) => denies(question)).find((it) => it !== undefined);
        });
        return answerXml("SimulatePrincipalPolicy", SimulatePrincipalPolicy$[5], value, requestId, IAM);
      } catch (error) {
        if (!(error instanceof RdsError)) throw error;
        return errorXml(error, requestId, IAM);
      }
    },
  };
  return iam;
}

function readSimulation(form: URLSearchParams): SimulatePrincipalPolicyRequest {
  const action = form.get("Action") ?? "";
  if (action !== "SimulatePrincipalPolicy")
    throw new RdsError("InvalidAction", `Could not find operation ${action} for version 2010-05-08`);
  return readQuery(SimulatePrincipalPolicy$[4], form) as SimulatePrincipalPolicyRequest;
}

const refused = (action: string, resource: string): RdsError =>
  new RdsError("AccessDenied", `User is not authorized to perform: iam:${action} on resource: ${resource}`, 403);

/** A role by its name, whatever its path; without a list of principals, each role is there and has none. */
function getRole({ principals, rolesHidden }: LabIam, { RoleName = "" }: GetRoleRequest): GetRoleResponse {
  if (rolesHidden) throw refused("GetRole", `role ${RoleName}`);
  const known = principals ?? new Set([`arn:aws:iam::${ACCOUNT}:role/${RoleName}`]);
  const Arn = [...known].find((it) => it.includes(":role/") && it.endsWith(`/${RoleName}`));
  if (!Arn) throw fault(NoSuchEntityException$, `The role with name ${RoleName} cannot be found.`);
  const Path = Arn.slice(Arn.indexOf(":role/") + 5, -RoleName.length);
  return { Role: { Path, RoleName, RoleId: "AROACKCEVSQ6C2EXAMPLE", Arn, CreateDate: new Date("2024-01-01T00:00:00Z") } };
}

function simulate(
  { closed, principals }: LabIam,
  { PolicySourceArn = "", ActionNames = [], ResourceArns = ["*"], ContextEntries = [] }: SimulatePrincipalPolicyRequest,
  denialOf: (asked: SimulatedAction) => Denial | undefined,
): SimulatePolicyResponse {
  if (closed) throw refused("SimulatePrincipalPolicy", PolicySourceArn);
  if (principals && !principals.has(PolicySourceArn))
    throw fault(NoSuchEntityException$, `The principal ${PolicySourceArn} cannot be found.`);
  const context = contextOf(ContextEntries);
  const EvaluationResults = ActionNames.map((action) => {
    const answers = ResourceArns.map((resource): Decided => {
      const { decision = "allowed", missing = [] } = denialOf({ principal: PolicySourceArn, action, resource, context }) ?? {};
      return { resource, decision, missing };
    });
    return resultOf(action, answers);
  });
  return { EvaluationResults, IsTruncated: false };
}

const STRICTEST = ["explicitDeny", "implicitDeny", "allowed"] as const;

interface Decided {
  resource: string;
  decision: (typeof STRICTEST)[number];
  missing: string[];
}

/**
 * One result for an action: of given resources each has its own entry within it, with the values that its conditions miss.
 *
 * Source: IAM API reference, EvaluationResult and ResourceSpecificResult. The reference also says that the result then lists the missing
 * values of all resources once more; the lab leaves that out, since a caller has to do without.
 */
function resultOf(EvalActionName: string, answers: readonly Decided[]): EvaluationResult {
  const EvalDecision = STRICTEST.find((it) => answers.some(({ decision }) => decision === it)) ?? "allowed";
  const [only] = answers;
  if (only?.resource === "*") return { EvalActionName, EvalResourceName: "*", EvalDecision, MissingContextValues: only.missing };
  return {
    EvalActionName,
    EvalResourceName: "*",
    EvalDecision,
    MissingContextValues: [],
    ResourceSpecificResults: answers.map(({ resource, decision, missing }) => ({
      EvalResourceName: resource,
      EvalResourceDecision: decision,
      MissingContextValues: missing,
    })),
  };
}

function contextOf(entries: ContextEntry[]): Record<string, string> {
  return Object.fromEntries(entries.map(({ ContextKeyName = "", ContextKeyValues = [] }) => [ContextKeyName, ContextKeyValues[0] ?? ""]));
}
