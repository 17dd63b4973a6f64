import { randomUUID } from "node:crypto";
import { answerJson, ServiceError } from "../local/json-service.ts";
import { ACCOUNT, REGION } from "../local/queue/names.ts";

/** The name of the secret that holds the token of the lab's bot. */
export const SLACK_SECRET = "bluegreen-guard/slack";
/** The token of the lab's bot. */
export const TOKEN = "xoxb-lab";
/** The secret that the lab's Slack signs with. */
export const SIGNING_SECRET = "lab-signing-secret";

/** Secrets Manager with its secrets, by name; later calls see what a test changes. Undefined is the value of one that nobody has filled. */
export interface LabSecrets {
  readonly secrets: Map<string, string | undefined>;
  fetch(request: Request): Promise<Response>;
}

/** Plays Secrets Manager's GetSecretValue: the SDK's client works against it unchanged. */
export function createLabSecrets(secrets: Readonly<Record<string, string>>): LabSecrets {
  const kept = new Map<string, string | undefined>(Object.entries(secrets));
  function find(id: unknown): { name: string; text: string } {
    const name = [...kept.keys()].find((it) => id === it || id === arnOf(it));
    if (name === undefined) throw new ServiceError("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
    const text = kept.get(name);
    if (text !== undefined) return { name, text };
    const words = "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT";
    throw new ServiceError("ResourceNotFoundException", words);
  }
  return {
    secrets: kept,
    fetch: (request) =>
      answerJson(
        {
          GetSecretValue({ SecretId }) {
            const { name, text } = find(SecretId);
            return { ARN: arnOf(name), Name: name, SecretString: text, VersionId: randomUUID(), VersionStages: ["AWSCURRENT"] };
          },
        },
        request,
      ),
  };
}

/** The ARN of a secret: Secrets Manager adds a hyphen and six characters to the name. */
export function arnOf(name: string): string {
  return `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:${name}-aB3dE6`;
}
