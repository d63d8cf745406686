const ownKeys =
  'input, select, textarea, summary, dialog, [contenteditable], [role=dialog], [role=menu], [role=listbox], [role=slider]';
const openOver = '[role=dialog][data-state=open], [role=menu][data-state=open], [role=listbox][data-state=open]';

/** Whether a key belongs to what is focused (a field, a menu), to a window that is open over the page, or to the browser. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return true;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  return target.closest(ownKeys) !== null || document.querySelector(openOver) !== null;
}
