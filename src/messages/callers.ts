const CALLER =
  /^arn:[^:]*:(?:iam|sts)::\d*:(?:(?:user|federated-user)\/(?:.*\/)?|assumed-role\/([^/]+)\/|role\/(?:.*\/)?|(?=root$))([^/]+)$/;

/** What a sentence calls a caller of AWS, for its ARN: a user by their name, whoever assumed a role by the session's name and the role. */
export function calledInSentences(name: string): string {
  const [, role, caller] = CALLER.exec(name) ?? [];
  if (caller === undefined) return name;
  return role === undefined ? caller : `${caller} (role ${role})`;
}
