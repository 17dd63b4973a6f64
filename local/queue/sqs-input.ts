import * as z from "zod";
import { SqsError } from "./sqs-error.ts";

/** A parameter of an action that names one of the server's queues. */
export const QueueUrl = z.string();

/** The attributes of a sent message, as the wire has them. */
export const MessageAttributesInput = z
  .record(
    z.string(),
    z.object({
      DataType: z.string().regex(/^(String|Number|Binary)(\..+)?$/),
      StringValue: z.string().min(1).optional(),
      BinaryValue: z.base64().min(1).optional(),
    }),
  )
  .refine((attributes) => Object.values(attributes).every((it) => (it.DataType.startsWith("Binary") ? it.BinaryValue : it.StringValue)), {
    error: "Every attribute needs a value of its DataType.",
  });

/** Reads an action's parameters. @throws SqsError MissingParameter or InvalidParameterValue with the parameter's name. */
export function readInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const { success, data, error } = schema.safeParse(input);
  if (success) return data;
  const [issue] = error.issues;
  const parameter = issue?.path.join(".") ?? "";
  const value = issue?.path.reduce<unknown>((it, key) => (it as Record<PropertyKey, unknown> | undefined)?.[key], input);
  if (value === undefined) throw new SqsError("MissingParameter", `The request must contain the parameter ${parameter}.`);
  const shown = JSON.stringify(value).slice(0, 200);
  throw new SqsError("InvalidParameterValue", `Value ${shown} for parameter ${parameter} is invalid. Reason: ${issue?.message}`);
}
