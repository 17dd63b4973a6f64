/** As many lines as there is room for, the last of which says how many more there are, and those. */
export function fitted(lines: readonly string[], room: number): { shown: string[]; left: string[] } {
  if (lines.length <= room) return { shown: [...lines], left: [] };
  const left = lines.slice(room);
  return { shown: [...lines.slice(0, room - 1), `${lines[room - 1] ?? ""} … and ${left.length} more in the thread.`], left };
}
