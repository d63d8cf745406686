/** Which columns of a CSV file hold what of a box; names as written in the file. */
export interface BoxColumns {
  readonly image: string;
  readonly label: string;
  readonly left: string;
  readonly top: string;
  /** Right and bottom edge, or width and height. */
  readonly right: string;
  readonly bottom: string;
  readonly asSize: boolean;
  /** Numbers are parts of the picture's width and height, not pixels (Open Images). */
  readonly relative: boolean;
  /** Width and height of the picture. */
  readonly size: { readonly width: string; readonly height: string } | undefined;
  readonly category: string | undefined;
  readonly split: string | undefined;
}

const IMAGE = ['image', 'filename', 'file', 'imageid', 'image_id', 'path'];
const LABEL = ['label', 'class', 'labelname', 'name'];
const CORNERS = [
  ['xmin', 'ymin', 'xmax', 'ymax'],
  ['x1', 'y1', 'x2', 'y2'],
];
const SIZES = [
  ['x', 'y', 'w', 'h'],
  ['x', 'y', 'width', 'height'],
];

/**
 * Finds the columns of boxes in a header, large and small letters alike: a picture, a label, and `xmin, ymin, xmax, ymax` (or `x1, y1, x2, y2`) or
 * `x, y, w, h` (or `x, y, width, height`). With corners, `width` and `height` are the picture's. `ImageID` and `LabelName` together are Open Images'.
 *
 * @returns undefined where the header is of something else
 */
export function boxColumns(header: readonly string[]): BoxColumns | undefined {
  const written = new Map(header.map((column) => [column.toLowerCase(), column]));
  const first = (names: readonly string[]): string | undefined =>
    names.map((name) => written.get(name)).find((name) => name !== undefined);
  const all = (names: readonly string[]): string[] | undefined => {
    const found = names.map((name) => written.get(name)).filter((name) => name !== undefined);
    return found.length === names.length ? found : undefined;
  };
  const image = first(IMAGE);
  const label = first(LABEL);
  const corners = CORNERS.map(all).find((found) => found !== undefined);
  const edges = corners ?? SIZES.map(all).find((found) => found !== undefined);
  if (image === undefined || label === undefined || edges === undefined) return undefined;
  const size = corners && all(['width', 'height']);
  const [left, top, right, bottom] = edges;
  return {
    ...{ image, label, left, top, right, bottom, asSize: corners === undefined },
    relative: written.has('imageid') && written.has('labelname'),
    size: size && { width: size[0], height: size[1] },
    category: written.get('category'),
    split: written.get('split'),
  };
}
