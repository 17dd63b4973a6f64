import { fileURLToPath } from "node:url";
import { App, type AppProps, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { BlueGreenGuard } from "../../../infra/guard.ts";
import type { BlueGreenGuardProps } from "../../../infra/props.ts";

/** The props that most tests use. */
export const PROPS: BlueGreenGuardProps = { slackChannel: "C0123456789", alarmEmail: "oncall@example.com" };

/** The same, with a webhook whose secret is known by name. */
export const withWebhook = (stack: Stack): BlueGreenGuardProps => ({
  ...PROPS,
  webhookSecret: Secret.fromSecretNameV2(stack, "Given", "team/webhook"),
});

/** One resource of a template. */
export interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
}

/** A stack that holds a guard alone. */
export interface Synthesized {
  app: App;
  stack: Stack;
  guard: BlueGreenGuard;
  template: Template;
  /** The resources of a type by logical id. */
  resources(type: string): Record<string, Resource>;
  /** The logical id of a resource by the start of it. @throws Error where none or several begin so. */
  id(type: string, start: string): string;
  /** The properties of that resource. */
  properties(type: string, start: string): Record<string, unknown>;
}

// One for each of vitest's workers, written over by the next app: test files that share their modules have no common end to remove it at.
const outdir = fileURLToPath(new URL(`../../../node_modules/.cache/synth-${process.env["VITEST_POOL_ID"]}`, import.meta.url));

/** Makes an app whose templates nobody reads for long. */
export function temporaryApp(props: AppProps = {}): App {
  return new App({ outdir, ...props });
}

/**
 * Synthesizes a stack with a guard that has the props, around the bundles that are made before any test; a function makes the props within the stack.
 *
 * @param more adds to the stack what belongs to the guard.
 */
export function synth(
  props: BlueGreenGuardProps | ((stack: Stack) => BlueGreenGuardProps) = PROPS,
  more: (made: Pick<Synthesized, "stack" | "guard">) => void = () => undefined,
): Synthesized {
  const app = temporaryApp();
  const stack = new Stack(app, "Test");
  const guard = new BlueGreenGuard(stack, "Guard", typeof props === "function" ? props(stack) : props);
  more({ stack, guard });
  const template = Template.fromStack(stack);
  const resources = (type: string): Record<string, Resource> => template.findResources(type) as Record<string, Resource>;
  const id = (type: string, start: string): string => {
    const found = Object.keys(resources(type)).filter((it) => it.startsWith(start));
    if (found.length !== 1 || found[0] === undefined) throw new Error(`${found.length} ${type} begin with ${start}: ${found.join(", ")}`);
    return found[0];
  };
  const properties = (type: string, start: string) => resources(type)[id(type, start)]?.Properties ?? {};
  return { app, stack, guard, template, resources, id, properties };
}

let made: Synthesized | undefined;

/** A stack with a guard that has `PROPS`, the same one for all tests of a worker: none may change it. */
export function synthesized(): Synthesized {
  made ??= synth();
  return made;
}

/** A statement of a policy. */
export interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Principal?: unknown;
  Condition?: unknown;
}

/** The statements of a policy, by its properties, or of the role's trust. */
export function statementsOf(properties: Record<string, unknown>): Statement[] {
  return ((properties["PolicyDocument"] ?? properties["AssumeRolePolicyDocument"]) as { Statement: Statement[] }).Statement;
}

/** The statements of all policies of a type that allow something, or that deny something. */
export function statementsIn({ resources }: Synthesized, type: string, effect: "Allow" | "Deny"): Statement[] {
  return Object.values(resources(type))
    .flatMap(({ Properties }) => statementsOf(Properties))
    .filter(({ Effect }) => Effect === effect);
}

/** What may be one or several, as several. */
export const listOf = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);
