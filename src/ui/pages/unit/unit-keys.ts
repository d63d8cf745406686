/** Keys of the unit's page, for the sheet of keys. */
export const unitKeys: readonly { readonly keys: string; readonly what: string }[] = [
  { keys: '→ or j', what: 'Next unit in the table’s order' },
  { keys: '← or k', what: 'Previous unit' },
  { keys: 'e', what: 'Edit the formula' },
  { keys: '1 to 9', what: 'Show a runner-up; the same key again: back' },
  { keys: 'r', what: 'Settings as in the results' },
  { keys: 'Esc', what: 'Back: from a formula of your own to the explanation, then to all units' },
];
