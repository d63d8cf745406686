const SPLIT = /^(?:train|val|valid|validation|test|test-dev|minival|minitrain)(?:\d{4})?$/i;

/**
 * The split that a path tells of: a folder such as `train2017` or `valid`, or one whose first or last word is such a name
 * (`val_label`, `stuff_val2017_pixelmaps`).
 */
export function splitIn(path: string): string | undefined {
  const folders = path.split('/').slice(0, -1).reverse();
  const exact = folders.find((folder) => SPLIT.test(folder));
  return exact ?? folders.flatMap((folder) => folder.split('_')).find((word) => SPLIT.test(word));
}

/** The split that a JSON file's name tells of (`instances_val2017.json`), else its folder (`train/_annotations.coco.json`). */
export function splitOfJson(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/i, '');
  return name.split(/[_.]/).find((word) => SPLIT.test(word)) ?? splitIn(path);
}
