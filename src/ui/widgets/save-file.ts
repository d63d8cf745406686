import type { ExportedFile } from '../../state/exports.ts';

/** Hands a file, text or bytes, to the browser's downloads. */
export function saveFile({ name, text, type }: Omit<ExportedFile, 'text'> & { readonly text: string | Blob }): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
