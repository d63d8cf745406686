import { grayPng } from '../support/masks.ts';
import { utf8 } from '../support/trees.ts';

export const TABLE = utf8(
  'Idx\tRatio\tTrain\tVal\tName\n1\t0.16\t11664\t1172\twall\n2\t0.1\t6046\t612\tbuilding, edifice \n',
);
export const CSV = utf8(
  'Idx,Ratio,Train,Val,Stuff,Name\n57,0.1,1,1,0,pool;table;billiard;table\n15,0.1,1,1,0,door;double;door\n',
);

export function release(): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ['images/validation/ADE_val_1.jpg', grayPng(2, [0, 0])],
    ['images/training/ADE_train_1.jpg', grayPng(2, [0, 0])],
    ['images/training/ADE_train_2.jpg', grayPng(2, [0, 0])],
    ['annotations/training/ADE_train_1.png', grayPng(2, [1, 2])],
    ['annotations/validation/ADE_val_1.png', grayPng(2, [0, 1])],
    ['objectInfo150.txt', TABLE],
    ['sceneCategories.txt', utf8('ADE_train_1 street\n')],
  ]);
}
