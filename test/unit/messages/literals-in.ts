/** The strings of a source file, without comments and imports; what a template puts into its text is an ellipsis. */
export function literalsIn(source: string): string[] {
  const code = source.replaceAll(/^\s*(?:\/?\*|\/\/).*$|^(?:import|export) .* from .*$/gm, "");
  const literals = [...code.matchAll(/"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g)].map(([, quoted, template]) => quoted ?? template ?? "");
  return literals.map((it) => it.replaceAll(/\$\{[^{}]*\}/g, "…")).filter((it) => !it.includes("${"));
}
