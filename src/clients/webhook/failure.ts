/**
 * Why a webhook did not take a fact: it may take it later, refuses it, or is gone for good; or a person has to correct the secret.
 */
export type WebhookErrorKind = "later" | "refused" | "gone" | "settings";

/** Thrown if a webhook did not take a fact; the message names neither the URL nor the key, which are secrets. */
export class WebhookError extends Error {
  override readonly name = "WebhookError";
  readonly kind: WebhookErrorKind;
  /** Seconds that the webhook asked to wait; absent if it named none. */
  readonly retryAfterSeconds?: number;

  constructor(kind: WebhookErrorKind, text: string, { cause, retryAfterSeconds }: { cause?: unknown; retryAfterSeconds?: number } = {}) {
    super(text, { cause });
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
