const SVG = "http://www.w3.org/2000/svg";

/**
 * Makes an element: strings become text, never markup; `on…` attributes are listeners, and what is undefined or false is left out.
 */
export function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  set(element, attributes);
  element.append(...present(children));
  return element;
}

/** The same for SVG. */
export function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  set(element, attributes);
  element.append(...present(children));
  return element;
}

/** The element of that id. */
export function byId(id) {
  return document.getElementById(id);
}

/** Milliseconds since 1970 as `05:53:53`. */
export function time(milliseconds) {
  return new Date(milliseconds).toISOString().slice(11, 19);
}

/** The same as an element, with day and hour for programs and pointers. */
export function timeElement(milliseconds) {
  const iso = new Date(milliseconds).toISOString();
  return el("time", { datetime: iso, title: `${iso.slice(0, 19).replace("T", " ")} UTC` }, time(milliseconds));
}

function set(element, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
}

function present(children) {
  return children.flat(Number.POSITIVE_INFINITY).filter((child) => child !== undefined && child !== false && child !== "");
}
