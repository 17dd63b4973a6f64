import type { NotDeleted, WhyNotDeleted } from "../../plans/safe-to-delete.ts";
import { type Form, say, type Words } from "../form.ts";

const ON_REQUEST = "deleted only where a person asks for just that";

const NOT_DELETED: Words<NotDeleted> = {
  "deployment-unknown": ({ deploymentId }, as) => `RDS does not know deployment ${as.text(deploymentId, 60)}: there is nothing to delete.`,
  "another-deployment": ({ deploymentId, answered }, as) =>
    `RDS answered with deployment ${as.text(answered, 60)}, not with ${as.text(deploymentId, 60)}.`,
  "status-forbids": ({ deploymentId, status, onRequest }, as) =>
    `Deployment ${as.text(deploymentId, 60)} is ${status ? as.text(status, 60) : "without a status"}: then green is ${onRequest ? ON_REQUEST : "never deleted"}.`,
  "member-switched": ({ name, status }, as) => `${named(name, as)} is ${as.text(status, 60)}: green may be production by now.`,
  "member-failed": ({ name }, as) => `${named(name, as)} is SWITCHOVER_FAILED: then green is ${ON_REQUEST}.`,
  "green-is-production": () => "Green bears blue's names: it is production.",
  "green-is-partly-production": () => "Some of blue's names lead to green: a part of green is production.",
  "production-not-known": () =>
    "It is not known which side is production: the guard first saw the deployment too late, or a database was renamed by hand.",
  "no-target": ({ deploymentId }, as) =>
    `Deployment ${as.text(deploymentId, 60)} has no target yet: it cannot be told what would be deleted.`,
  "no-member-target": ({ deploymentId }, as) =>
    `No member of deployment ${as.text(deploymentId, 60)} has a target: it cannot be told what would be deleted.`,
  "not-a-green-name": ({ name }, as) => `Target ${as.code(name)} is not named -green- and six letters or digits: it may be production.`,
  "source-and-target": ({ name, deploymentId }, as) => `${as.code(name)} is source and target of deployment ${as.text(deploymentId, 60)}.`,
  "another-source": ({ name, asked }, as) => `The source is ${as.code(name)}, and the request is about ${as.code(asked)}.`,
  "blue-replaced": ({ name, found, asked }, as) =>
    `${as.code(name)} is ${found ? as.text(found, 60) : "not there"}, and the request is about ${as.text(asked, 60)}: it was replaced or deleted since.`,
};

const named = (name: string | undefined, as: Form): string => as.code(name ?? "unknown");

/** Why the guard does not delete it, as a sentence. */
export const notDeleted = (why: WhyNotDeleted, as: Form): string => say(NOT_DELETED, why, as);
