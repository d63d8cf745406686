import type { TreeFile } from './file-tree.ts';

const MOST_CHARACTERS = 65_536;

/** The first line of a text file, read no further than needed and without a byte order mark; a part of it, if it is longer than any header. */
export async function firstLine(file: TreeFile): Promise<string> {
  const reader = file.stream().getReader();
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
    if (/[\r\n]/.test(text) || text.length > MOST_CHARACTERS) {
      await reader.cancel();
      break;
    }
  }
  return text.split(/[\r\n]/, 1)[0];
}

/** Names in the first line of a CSV file, without spaces and quotes around them. */
export async function csvHeader(file: TreeFile): Promise<string[]> {
  return (await firstLine(file)).split(',').map((column) => column.trim().replace(/^"|"$/g, ''));
}
