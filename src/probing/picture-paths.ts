const PICTURE = /\.(jpe?g|png|webp|gif|bmp|avif)$/i;
const SPLIT = /^(train|training|val|valid|validation|test|testing)\d*$/i;

/** Names that folders of pictures and of their annotations go by. */
const PICTURE_FOLDERS = ['pictures', 'images', 'imgs', 'photos', 'jpegimages'];
const MASK_FOLDERS = ['masks', 'labels', 'annotations', 'segmentations'];

/** Whether a file is a picture, by its ending. */
export function isPicture(path: string): boolean {
  return PICTURE.test(path);
}

/** Whether a folder's name is that of a split: `train`, `val`, `test`, ... */
export function isSplit(folder: string): boolean {
  return SPLIT.test(folder);
}

export function isPictureFolder(folder: string): boolean {
  return PICTURE_FOLDERS.includes(folder.toLowerCase());
}

export function isMaskFolder(folder: string): boolean {
  return MASK_FOLDERS.includes(folder.toLowerCase());
}

/** A path without the ending of its file's name. */
export function withoutEnding(path: string): string {
  const dot = path.lastIndexOf('.');
  return dot > path.lastIndexOf('/') + 1 ? path.slice(0, dot) : path;
}

/** The name of a file, without the folders it lies in. */
export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The first of a path's folders that is named as a split. */
export function splitIn(path: string): string | undefined {
  return path.split('/').slice(0, -1).find(isSplit);
}
