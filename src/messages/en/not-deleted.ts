import type { NotDeleted, WhyNotDeleted } from "../../plans/safe-to-delete.ts";
import { type Form, say, type Words } from "../form.ts";

const ON_REQUEST = "deleted only where a person asks for just that";
const NOT_TOLD = "so the guard cannot tell what would be deleted";

const NOT_DELETED: Words<NotDeleted> = {
  "deployment-unknown": () => "RDS does not list the deployment: there is nothing to delete.",
  "another-deployment": ({ deploymentId, answered }, as) =>
    `RDS answered with deployment ${as.code(answered, 60)}, not with ${as.code(deploymentId, 60)}.`,
  "status-forbids": ({ status, onRequest }, as) =>
    `The deployment is ${status ? as.text(status, 60) : "without a status"}: then green is ${onRequest ? ON_REQUEST : "never deleted"}.`,
  "member-switched": ({ name, status }, as) => `${named(name, as)} is ${as.text(status, 60)}: green may be production by now.`,
  "member-failed": ({ name }, as) => `${named(name, as)} is SWITCHOVER_FAILED: then green is ${ON_REQUEST}.`,
  "green-is-production": () => "Green bears blue's names: it is production.",
  "green-is-partly-production": () => "Some of blue's names lead to green: a part of green is production.",
  "production-not-known": () =>
    "It is not known which side is production: the guard first saw the deployment too late, or a database was renamed by hand.",
  "no-target": () => `RDS does not show the deployment's green yet, ${NOT_TOLD}.`,
  "no-member-target": () => `RDS does not show any green database of the deployment, ${NOT_TOLD}.`,
  "not-a-green-name": ({ name }, as) =>
    `The name of ${as.code(name)} does not end in -green- and six letters or digits: it may be production.`,
  "source-and-target": ({ name }, as) => `RDS shows ${as.code(name)} as blue and as green of the deployment.`,
  "another-source": ({ name, asked }, as) => `Blue is ${as.code(name)}, and this was asked for ${as.code(asked)}.`,
  "blue-replaced": ({ name, found }, as) =>
    found ? `${as.code(name)} is another database by now: it was replaced since.` : `Blue ${as.code(name)} does not exist any more.`,
};

const named = (name: string | undefined, as: Form): string => as.code(name ?? "unknown");

/** Why the guard does not delete it, as a sentence. */
export const notDeleted = (why: WhyNotDeleted, as: Form): string => say(NOT_DELETED, why, as);
