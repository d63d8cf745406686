import { faultTable } from '../fault.ts';

/** Everything that can be wrong with a file of class names. Lines count from 1. */
const namesFaults = faultTable('class-names', {
  empty: (file: string) => `${file} has no names. Give the name of a class a line, in the order of the model's output.`,
  json: (file: string, reason: string) => `${file} begins as JSON but cannot be read as such: ${reason}.`,
  members: (file: string, place: string) =>
    `${file}: ${place} is no text. It must be a list of names, or an object of names by number (id2label).`,
  numbers: (file: string, place: string) =>
    `${file}: there is no name for ${place}. Number the classes from 0 without a gap, each once.`,
  count: (file: string, found: number, classes: number) =>
    `${file} names ${found} ${found === 1 ? 'class' : 'classes'}, but the model's output has ${classes}. Give one name for each, in its order.`,
});

/**
 * Reads names of classes, in the order of a model's output: a name a line; such lines with the class's number before or behind it, as Places365
 * has them (`/a/airfield 0`); with a WordNet id before it, as ImageNet has them (`n01440764 tench, Tinca tinca`); a JSON list; or a JSON
 * object of names by number, `id2label` of a Hugging Face config.json among them.
 *
 * @param classes how many there must be
 * @throws Fault `class-names/...` naming the file
 */
export function readClassNames(text: string, file: string, classes: number): readonly string[] {
  const plain = text.replace(/^\u{feff}/u, '').trim();
  if (plain === '') throw namesFaults.empty(file);
  const names = /^[[{]/.test(plain) ? namesInJson(plain, file) : namesInLines(plain, file);
  if (names.length !== classes) throw namesFaults.count(file, names.length, classes);
  return names;
}

function namesInJson(text: string, file: string): readonly string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw namesFaults.json(file, error instanceof Error ? error.message : String(error));
  }
  const found = isObject(json) && isObject(json.id2label) ? json.id2label : json;
  const entries: readonly (readonly [string, unknown])[] = Array.isArray(found)
    ? found.map((name: unknown, place) => [String(place), name])
    : Object.entries(isObject(found) ? found : {});
  const wrong = entries.find(([, name]) => typeof name !== 'string');
  if (wrong) throw namesFaults.members(file, wrong[0]);
  return inOrder(
    entries.map(([place, name]) => [place, String(name)]),
    file,
  );
}

function namesInLines(text: string, file: string): readonly string[] {
  const lines = text.split(/\r\n?|\n/).flatMap((line) => line.trim() || []);
  for (const [form, place, name] of FORMS) {
    const parts = lines.map((line) => form.exec(line));
    if (!parts.every((part) => part !== null)) continue;
    const names = parts.map((part) => part[name]);
    // `class 0`, `class 1` and so on: the numbers are all there is of the names.
    if (new Set(names).size === 1 && names.length > 1) continue;
    if (place === null) return names;
    return inOrder(
      parts.map((part) => [part[place], part[name]]),
      file,
    );
  }
  return lines;
}

/** Forms of lines that all must have, and which groups are number and name. */
const FORMS: readonly (readonly [form: RegExp, place: number | null, name: number])[] = [
  [/^(.*\S)\s+(\d+)$/, 2, 1],
  [/^(\d+)(?:\s*[:,;]\s*|\s+)(\S.*)$/, 1, 2],
  [/^n\d{8}[\s,]+(\S.*)$/, null, 1],
];

/** Names by their numbers, which must be 0 to n - 1. */
function inOrder(entries: readonly (readonly [place: string, name: string])[], file: string): readonly string[] {
  const byPlace = new Map(entries.map(([place, name]) => [Number(place), name]));
  return entries.map((_, place) => {
    const name = byPlace.get(place);
    if (name === undefined) throw namesFaults.numbers(file, String(place));
    return name;
  });
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
