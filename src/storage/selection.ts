/** What to free: all of a probing set, of a model or a file, or of both together. */
export interface Selection {
  readonly probing?: string;
  readonly source?: string;
}

/** Is something of this probing set and this source among what is to be freed? Nothing is, where nothing is named. */
export function isSelected(
  { probing, source }: { readonly probing: string; readonly source: string },
  selection: Selection,
): boolean {
  if (selection.probing === undefined && selection.source === undefined) return false;
  return (
    (selection.probing === undefined || selection.probing === probing) &&
    (selection.source === undefined || selection.source === source)
  );
}
