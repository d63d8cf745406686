import { EXCEPTIONS, LONGEST_EXCEPTION } from './tokenize-exceptions.ts';

/** Marks, quotes, signs of currency and units as spaCy's rules have them, to stand inside a class or an alternation of a pattern. */
const MARKS = '…,:;!?¿؟¡()\\[\\]{}<>_#*&。？！，、；：～·।،۔؛٪';
const QUOTES = `'"”“\`‘´’‚„»«「」『』（）〔〕【】《》〈〉`;
const CURRENCY = 'US\\$|C\\$|A\\$|[$£€¥฿₽﷼₴]';
const UNITS =
  'km|km²|km³|m|m²|m³|dm|dm²|dm³|cm|cm²|cm³|mm|mm²|mm³|ha|µm|nm|yd|in|ft|kg|g|mg|µg|t|lb|oz|m/s|km/h|kmh|mph|hPa|Pa|mbar|mb|MB|kb|KB|gb|GB|tb|TB|T|G|M|K|%';
const LOWER = '\\p{Ll}\\p{Lo}';
const UPPER = '\\p{Lu}\\p{Lo}';
const ALWAYS = `\\.\\.+|……|[${MARKS}${QUOTES}—–]|\\p{So}`;

const PREFIX = new RegExp(`^(?:${ALWAYS}|[§%=]|\\+(?![0-9])|${CURRENCY})`, 'u');
const SUFFIX = new RegExp(
  `(?:${ALWAYS}|['’][sS]|(?<=[0-9])(?:\\+|${CURRENCY}|${UNITS})|(?<=°[FfCcKk])\\.|` +
    `(?<=[0-9${LOWER}%²\\-+${QUOTES}${MARKS}])\\.|(?<=[${UPPER}]{2})\\.)$`,
  'u',
);
const INFIX = new RegExp(
  `\\.\\.+|…|\\p{So}|(?<=[0-9])[+\\-*^](?=[0-9-])|(?<=[${LOWER}${QUOTES}])\\.(?=[${UPPER}${QUOTES}])|` +
    '(?<=\\p{L}),(?=\\p{L})|(?<=\\p{L})(?:---|--|——|[-–—~])(?=\\p{L})|(?<=[\\p{L}0-9])[:<>=/](?=\\p{L})',
  'gu',
);
/** An address of the web, with or without its protocol, or of mail; what follows the last dot is in small letters. */
const ADDRESS =
  /^(?:[\w+.-]{2,}:\/\/)?(?:[^\s:@/]+(?::[^\s@/]*)?@)?(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[\p{L}\d](?:[\p{L}\d_-]{0,62}[\p{L}\d])?\.)+[\p{Ll}]{2,63})(?::\d{2,5})?(?:[/?#]\S*)?$/u;

/** Longer runs without a space are never looked at as addresses, and are not remembered. */
const LONGEST_ADDRESS = 2048;
const LONGEST_KNOWN = 64;
/** Prefixes and suffixes are sought in so many of the first and last characters. */
const TAIL = 16;
const MOST_KNOWN = 100_000;

const known = new Map<string, readonly number[]>();

/**
 * Cuts a sentence into words by rules close to spaCy's for English (docs/text.md): at white space; then marks, quotes, currency and units
 * off both ends; then at hyphens, slashes, dots and commas between letters. Contractions, abbreviations, emoticons and addresses are exceptions.
 *
 * @returns start and end of each word, ascending; every character that is no white space lies in exactly one word
 */
export function tokenize(text: string): number[] {
  const spans: number[] = [];
  for (const { 0: chunk, index } of text.matchAll(/\S+/g)) {
    let at = index;
    for (const length of partsOf(chunk)) {
      spans.push(at, at + length);
      at += length;
    }
  }
  return spans;
}

/** The words of a text in which spaces separate them already: start and end of each. */
export function splitAtSpaces(text: string): number[] {
  const spans: number[] = [];
  for (const { 0: word, index } of text.matchAll(/[^ \t\r\n]+/g)) spans.push(index, index + word.length);
  return spans;
}

function partsOf(chunk: string): readonly number[] {
  const before = known.get(chunk);
  if (before !== undefined) return before;
  const parts = cut(chunk);
  if (chunk.length <= LONGEST_KNOWN) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(chunk, parts);
  }
  return parts;
}

/** Lengths of the words of a run without white space. */
function cut(chunk: string): number[] {
  const front: number[] = [];
  const back: number[] = [];
  let start = 0;
  let end = chunk.length;
  while (start < end && exception(chunk, start, end) === undefined) {
    const prefix = prefixLength(chunk, start, end);
    if (prefix > 0 && exception(chunk, start + prefix, end) !== undefined) {
      front.push(prefix);
      start += prefix;
      break;
    }
    const suffix = suffixLength(chunk, start + prefix, end);
    if (suffix > 0 && exception(chunk, start, end - suffix) !== undefined) {
      back.push(suffix);
      end -= suffix;
      break;
    }
    if (prefix === 0 && suffix === 0) break;
    if (prefix > 0) front.push(prefix);
    if (suffix > 0) back.push(suffix);
    start += prefix;
    end -= suffix;
  }
  const inside = start < end ? (exception(chunk, start, end) ?? cutInside(chunk.slice(start, end))) : [];
  return withAbbreviations(chunk, front.concat(inside, back.reverse()));
}

/** Joins an abbreviation and its full stop, where the rules came between them (`Tuesday.Mr.`). */
function withAbbreviations(chunk: string, parts: readonly number[]): number[] {
  const joined: number[] = [];
  let at = 0;
  for (const length of parts) {
    const before = joined.at(-1) ?? 0;
    const isStop = before > 0 && length === 1 && chunk[at] === '.';
    if (isStop && exception(chunk, at - before, at + 1)?.length === 1) joined[joined.length - 1] = before + 1;
    else joined.push(length);
    at += length;
  }
  return joined;
}

function exception(chunk: string, start: number, end: number): readonly number[] | undefined {
  if (end - start > LONGEST_EXCEPTION || end === start) return undefined;
  return EXCEPTIONS.get(chunk.slice(start, end).replaceAll('’', "'"));
}

/** A prefix is one mark, or dots; so a short piece shows it unless there are very many dots. */
function prefixLength(chunk: string, start: number, end: number): number {
  return PREFIX.exec(chunk.slice(start, Math.min(end, start + TAIL)))?.[0].length ?? 0;
}

function suffixLength(chunk: string, start: number, end: number): number {
  if (start >= end) return 0;
  const from = Math.max(start, end - TAIL);
  return SUFFIX.exec(chunk.slice(from, end))?.[0].length ?? 0;
}

function cutInside(piece: string): number[] {
  if (piece.length <= LONGEST_ADDRESS && ADDRESS.test(piece)) return [piece.length];
  const parts: number[] = [];
  let at = 0;
  for (const { 0: mark, index } of piece.matchAll(INFIX)) {
    if (index > at) parts.push(index - at);
    parts.push(mark.length);
    at = index + mark.length;
  }
  if (at < piece.length) parts.push(piece.length - at);
  return parts;
}
