/** The account of everything on one machine. */
export const ACCOUNT = "123456789012";

/** The region of everything on one machine, unless another one is named. */
export const REGION = "ap-northeast-1";

/** The ARN of a queue. */
export function queueArn(name: string, region: string = REGION): string {
  return `arn:aws:sqs:${region}:${ACCOUNT}:${name}`;
}

/** The URL of a queue below the address that plays SQS. */
export function queueUrl(base: string, name: string): string {
  return `${base.replace(/\/$/, "")}/${ACCOUNT}/${name}`;
}

/** The name of the dead-letter queue of the queue `name`. */
export function deadLettersName(name: string): string {
  return `${name}-dead-letters`;
}
