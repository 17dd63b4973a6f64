/** A resource in a CloudFormation template. */
export interface TemplateResource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** A CloudFormation template, as the CDK makes it. */
export interface Template {
  Resources: Record<string, TemplateResource>;
  Outputs?: Record<string, { Value: unknown }>;
}

/** What the template's references lead to. */
export interface References {
  /** What `Ref` gives for a logical id or a pseudo parameter. @throws Error for one that is not there */
  ref(name: string): string;
  /** What `Fn::GetAtt` gives. @throws Error for an attribute that the lab does not know */
  attribute(name: string, attribute: string): string;
}

/** The value with its intrinsic functions carried out. Source: CloudFormation, "Intrinsic function reference". */
export function resolved(value: unknown, by: References): unknown {
  if (Array.isArray(value)) return value.map((it) => resolved(it, by));
  if (typeof value !== "object" || value === null) return value;
  const [[name, operand] = ["", undefined], ...others] = Object.entries(value);
  const carryOut = others.length === 0 && Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (carryOut) return carryOut(operand, by);
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, resolved(it, by)]));
}

const FUNCTIONS: Readonly<Record<string, (operand: unknown, by: References) => unknown>> = {
  Ref: (name, by) => by.ref(String(name)),
  "Fn::GetAtt": (operand, by) => {
    const [name, attribute] = operand as [string, string];
    return by.attribute(name, attribute);
  },
  "Fn::Join": (operand, by) => {
    const [between, parts] = operand as [string, unknown[]];
    return (resolved(parts, by) as unknown[]).join(between);
  },
  "Fn::Sub": (text, by) => String(text).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => by.ref(name)),
  "Fn::Split": (operand, by) => {
    const [between, text] = operand as [string, unknown];
    return String(resolved(text, by)).split(between);
  },
  "Fn::Select": (operand, by) => {
    const [index, list] = operand as [number, unknown];
    return (resolved(list, by) as unknown[])[index];
  },
};
