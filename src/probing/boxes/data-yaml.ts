/**
 * The class names in a `data.yaml` of YOLO's: `names: [cat, dog]`, a list of lines `- cat`, or lines `0: cat`. Nothing else of the file is read.
 *
 * @returns by number of the class; empty where the file has no names
 */
export function yamlNames(text: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/).map((line) => line.replace(/\s+#.*$/, ''));
  const start = lines.findIndex((line) => /^names\s*:/.test(line));
  if (start === -1) return [];
  const inline = lines
    .slice(start)
    .join('\n')
    .replace(/^names\s*:\s*/, '');
  if (inline.startsWith('[')) return listed(inline.slice(1, inline.indexOf(']')));
  const names: string[] = [];
  for (const line of lines.slice(start + 1)) {
    if (line.trim() === '') continue;
    const item = /^\s*-\s+(.+)$/.exec(line);
    const entry = /^\s+(\d+)\s*:\s*(.+)$/.exec(line);
    if (item !== null) names.push(unquoted(item[1]));
    else if (entry !== null) names[Number(entry[1])] = unquoted(entry[2]);
    else break;
  }
  return Array.from(names, (name, at) => name ?? String(at));
}

function listed(inside: string): string[] {
  const names = inside.match(/\s*(?:"[^"]*"|'(?:[^']|'')*')|[^,\n]+/g) ?? [];
  return names.map(unquoted).filter((name) => name !== '');
}

function unquoted(written: string): string {
  const text = written.trim();
  if (/^".*"$/.test(text)) return text.slice(1, -1);
  return /^'.*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}
