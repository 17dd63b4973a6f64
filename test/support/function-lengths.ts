import { parseAst } from "vitest/node";

/** A function by its name, or by what it is given to or kept in, and how many lines it takes, its first and last included. */
export interface FunctionLength {
  name: string;
  lines: number;
}

interface SyntaxNode {
  type: string;
  start: number;
  end: number;
}

const FUNCTIONS = new Set(["FunctionDeclaration", "FunctionExpression", "ArrowFunctionExpression"]);

/** All functions of a TypeScript or JavaScript source, those within others too: an inner one counts for the outer one as well. */
export function functionLengths(source: string): FunctionLength[] {
  const found: FunctionLength[] = [];
  visit(parseAst(source, { lang: "ts" }), "", (node, name) => {
    if (FUNCTIONS.has(node.type)) found.push({ name, lines: source.slice(node.start, node.end).split("\n").length });
  });
  return found;
}

/** Calls `see` for every node below, with the nearest name on the way there. */
function visit(value: unknown, name: string, see: (node: SyntaxNode, name: string) => void): void {
  if (Array.isArray(value)) {
    for (const each of value) visit(each, name, see);
  } else if (isNode(value)) {
    const named = nameOf(value) ?? name;
    see(value, named);
    for (const part of Object.values(value)) visit(part, named, see);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Of a declaration its `id`, of a method or a property its `key`. */
function nameOf(node: SyntaxNode): string | undefined {
  const { id, key } = node as { id?: { name?: string }; key?: { name?: string } };
  return id?.name ?? key?.name;
}
