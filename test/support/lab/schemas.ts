import { NormalizedSchema } from "@smithy/core/schema";
import type { $SchemaRef } from "@smithy/types";

/** What is wrong with a value by the SDK's schema of it: members that it does not have, and values of another type; ranges are not in it. */
export function problemsOf(ref: $SchemaRef, value: unknown, path = NormalizedSchema.of(ref).getName() ?? ""): string[] {
  const schema = NormalizedSchema.of(ref);
  if (value === undefined) return [];
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((it, index) => problemsOf(schema.getValueSchema(), it, `${path}[${index}]`));
  }
  if (schema.isMapSchema()) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no map`];
    return Object.entries(value).flatMap(([name, it]) => problemsOf(schema.getValueSchema(), it, `${path}.${name}`));
  }
  if (schema.isStructSchema()) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${path} is no structure`];
    const members = new Map<string, $SchemaRef>(schema.structIterator());
    return Object.entries(value).flatMap(([name, it]) => {
      const member = members.get(name);
      return member ? problemsOf(member, it, `${path}.${name}`) : [`${path} has no member ${name}`];
    });
  }
  return isOfType(schema, value) ? [] : [`${path} is ${typeof value}`];
}

function isOfType(schema: NormalizedSchema, value: unknown): boolean {
  if (schema.isTimestampSchema()) return value instanceof Date && !Number.isNaN(value.getTime());
  if (schema.isBooleanSchema()) return typeof value === "boolean";
  if (schema.isNumericSchema()) return typeof value === "number";
  return schema.isStringSchema() && typeof value === "string";
}

/** The same value, which tells `unknown` of each member that is read and that its schema does not have, and `read` of the others. */
export function watchedReads<T>(ref: $SchemaRef, value: T, read: (member: string) => void, unknown: (member: string) => void): T {
  const schema = NormalizedSchema.of(ref);
  const watched = (of: NormalizedSchema, it: unknown): unknown => {
    if (Array.isArray(it)) return of.isListSchema() ? it.map((each) => watched(of.getValueSchema(), each)) : it;
    if (typeof it !== "object" || it === null || !of.isStructSchema()) return it;
    const members = new Map<string, NormalizedSchema>(
      [...of.structIterator()].map(([name, member]) => [name, NormalizedSchema.of(member)]),
    );
    return new Proxy(it, {
      get(target, name, receiver) {
        const found: unknown = Reflect.get(target, name, receiver);
        if (typeof name === "symbol" || OF_EVERY_OBJECT.has(name)) return found;
        const member = members.get(name);
        (member ? read : unknown)(`${of.getName()}.${name}`);
        return member ? watched(member, found) : found;
      },
    });
  };
  return watched(schema, value) as T;
}

/** What is asked of any object, and what the SDK adds to an answer. */
const OF_EVERY_OBJECT = new Set(["then", "toJSON", "$metadata", "constructor"]);

interface Element {
  name: string;
  children: Element[];
  text: string;
}

const TOKEN = /<(\/?)([\w.-]+)[^<>]*?(\/?)>|([^<]+)/g;

/** The root of well-formed XML without mixed content, as AWS's Query protocol has it. */
export function elementsOf(xml: string): Element {
  const top: Element = { name: "", children: [], text: "" };
  const open = [top];
  for (const [, isEnd, name, isEmpty, text] of xml.matchAll(TOKEN)) {
    const within = open.at(-1) ?? top;
    if (text !== undefined) within.text += text;
    else if (isEnd) open.pop();
    else {
      const element = { name: name ?? "", children: [], text: "" };
      within.children.push(element);
      if (!isEmpty) open.push(element);
    }
  }
  const [root] = top.children;
  if (!root || open.length !== 1) throw new Error(`That is no XML: ${xml.slice(0, 200)}`);
  return root;
}

/** What is wrong with an element by the schema: names that it does not have, and texts of another type. */
export function problemsInXml(ref: $SchemaRef, { name, children, text }: Element, path = name): string[] {
  const schema = NormalizedSchema.of(ref);
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    const itemName = item.getMergedTraits().xmlName ?? "member";
    return children.flatMap((child) =>
      child.name === itemName ? problemsInXml(item, child, `${path}.${child.name}`) : [`${path} lists ${child.name} and not ${itemName}`],
    );
  }
  if (schema.isStructSchema()) {
    const members = new Map<string, $SchemaRef>(
      [...schema.structIterator()].map(([member, of]) => [String(NormalizedSchema.of(of).getMergedTraits().xmlName ?? member), of]),
    );
    return children.flatMap((child) => {
      const member = members.get(child.name);
      return member ? problemsInXml(member, child, `${path}.${child.name}`) : [`${path} has no member ${child.name}`];
    });
  }
  if (children.length > 0) return [`${path} is no text`];
  return isText(schema, text) ? [] : [`${path} is "${text}"`];
}

function isText(schema: NormalizedSchema, text: string): boolean {
  if (schema.isTimestampSchema()) return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);
  if (schema.isBooleanSchema()) return text === "true" || text === "false";
  if (schema.isNumericSchema()) return /^-?\d+(\.\d+)?$/.test(text);
  return schema.isStringSchema();
}
