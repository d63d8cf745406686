/** Marks at pieces of words: what a tokenizer puts in front of pieces that go on a word, or behind pieces that end one. */
export interface PieceMarks {
  /** WordPiece's `##`; empty where there is none. */
  readonly prefix: string;
  /** `</w>`, as some byte-pair tokenizers have it; empty where there is none. */
  readonly suffix: string;
  /** Whether pieces are bytes, written in GPT-2's alphabet. */
  readonly bytes: boolean;
}

/**
 * The text that each token of a sentence stands for, as far as it starts in this token: a character whose bytes are cut apart belongs to
 * the token with its first byte.
 */
export function tokenTexts(tokens: readonly string[], marks: PieceMarks): string[] {
  if (marks.bytes) return decodeBytes(tokens.map((token) => [...token].map((letter) => BYTES.get(letter) ?? SPACE)));
  if (!tokens.some((token) => BYTE_TOKEN.test(token))) return tokens.map((token) => withoutMarks(token, marks));
  const encoder = new TextEncoder();
  return decodeBytes(
    tokens.map((token) => {
      const byte = BYTE_TOKEN.exec(token)?.[1];
      return byte === undefined ? [...encoder.encode(withoutMarks(token, marks))] : [parseInt(byte, 16)];
    }),
  );
}

const SPACE = 0x20;
/** How tokenizers with a fallback to bytes write one. */
const BYTE_TOKEN = /^<0x([\dA-Fa-f]{2})>$/;
/** GPT-2's alphabet of bytes: printable Latin-1 letters stand for themselves, the other bytes for the letters from U+0100 on, in their order. */
const BYTES: ReadonlyMap<string, number> = byteAlphabet();

function byteAlphabet(): Map<string, number> {
  const plain = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  const letters = new Map<string, number>();
  let others = 0;
  for (let byte = 0; byte < 256; byte++) letters.set(String.fromCharCode(plain(byte) ? byte : 0x100 + others++), byte);
  return letters;
}

function withoutMarks(token: string, { prefix, suffix }: PieceMarks): string {
  const start = prefix !== '' && token.length > prefix.length && token.startsWith(prefix) ? prefix.length : 0;
  const end = suffix !== '' && token.length > suffix.length && token.endsWith(suffix) ? suffix.length : 0;
  return token.slice(start, token.length - end);
}

function decodeBytes(tokens: readonly (readonly number[])[]): string[] {
  const texts = tokens.map(() => '');
  const owners = tokens.flatMap((bytes, token) => bytes.map(() => token));
  const bytes = Uint8Array.from(tokens.flat());
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  for (let at = 0; at < bytes.length;) {
    const size = Math.min(sequenceLength(bytes[at] ?? 0), bytes.length - at);
    texts[owners[at] ?? 0] += decoder.decode(bytes.subarray(at, at + size));
    at += size;
  }
  return texts;
}

function sequenceLength(first: number): number {
  if (first >= 0xf0) return 4;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}
