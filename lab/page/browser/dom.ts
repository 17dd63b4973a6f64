const SVG = "http://www.w3.org/2000/svg";

/** What an element may hold: elements, text, and lists of both; what is undefined, false or empty is left out. */
export type Child = Node | string | undefined | false | readonly Child[];

type Listener = (event: Event) => unknown;
type Attributes = Readonly<Record<string, string | number | boolean | undefined | Listener>>;

/**
 * Makes an element: strings become text, never markup; `on…` attributes are listeners, and what is undefined or false is left out.
 */
export function el<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...present(children));
  return element;
}

/** The same for SVG. */
export function svg<Name extends keyof SVGElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Name] {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  element.append(...present(children));
  return element;
}

/** The element of that id; with a `kind`, as that kind of element. @throws Error where the page has none */
export function byId(id: string): HTMLElement;
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind;
export function byId(id: string, kind = HTMLElement): HTMLElement {
  const element = document.getElementById(id);
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${kind.name} of the id ${id}.`);
}

/** Milliseconds since 1970 as `05:53:53`. */
export function time(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** The same as an element, with day and hour for programs and pointers. */
export function timeElement(milliseconds: number): HTMLTimeElement {
  const iso = new Date(milliseconds).toISOString();
  return el("time", { datetime: iso, title: `${iso.slice(0, 19).replace("T", " ")} UTC` }, time(milliseconds));
}

function set(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

function present(children: readonly Child[]): (Node | string)[] {
  return children.flatMap((child) => {
    if (child === undefined || child === false || child === "") return [];
    return typeof child === "string" || child instanceof Node ? [child] : present(child);
  });
}
