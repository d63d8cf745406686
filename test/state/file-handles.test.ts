import { describe, expect, it } from 'vitest';
import { fileHandle, filesBehind, folderHandle, isHidden, mayRead } from '../../src/state/file-handles.ts';

type Inner = FileSystemFileHandle | FileSystemDirectoryHandle;

const file = (name: string, gone = false): FileSystemFileHandle =>
  ({
    kind: 'file',
    name,
    getFile: () =>
      gone ? Promise.reject(new DOMException('gone', 'NotFoundError')) : Promise.resolve(new File(['x'], name)),
  }) as unknown as FileSystemFileHandle;

const folder = (name: string, inner: readonly Inner[]): FileSystemDirectoryHandle =>
  ({
    kind: 'directory',
    name,
    async *values() {
      for (const one of inner) yield await Promise.resolve(one);
    },
  }) as unknown as FileSystemDirectoryHandle;

describe('the files behind a handle', () => {
  it('are all of a folder, with their paths, hidden ones and those that have gone left out', async () => {
    const tree = folder('set', [
      file('index.csv'),
      file('.DS_Store'),
      file('gone.png', true),
      folder('images', [file('a.png'), folder('deep', [file('b.png')]), file('Thumbs.db')]),
      folder('.git', [file('config')]),
    ]);
    const found = await filesBehind(tree);
    expect(found.map(({ path }) => path).sort()).toEqual([
      'set/images/a.png',
      'set/images/deep/b.png',
      'set/index.csv',
    ]);
    expect(found.every(({ path, file: { name } }) => path.endsWith(name))).toBe(true);
  });

  it('are found whole in a folder of thousands, which is told on the way', async () => {
    const inner = Array.from({ length: 3000 }, (_, at) => file(`${at}.png`));
    const told: number[] = [];
    const found = await filesBehind(folder('many', inner), (count) => told.push(count));
    expect(new Set(found.map(({ path }) => path)).size).toBe(3000);
    expect(told.length).toBeGreaterThan(10);
    expect(told).toEqual([...told].sort((one, other) => one - other));
  });

  it('is the file itself of a file', async () => {
    expect((await filesBehind(file('net.onnx'))).map(({ path }) => path)).toEqual(['net.onnx']);
  });
});

it('finds the handle of what was opened', () => {
  const handles = [file('net.onnx'), folder('data', [])];
  expect(fileHandle(handles, 'net.onnx')).toBe(handles[0]);
  expect(fileHandle(handles, 'data')).toBeUndefined();
  // The probing set may lie deeper in the only folder that was dropped.
  expect(folderHandle(handles, 'ADE20K')).toBe(handles[1]);
  expect(folderHandle([...handles, folder('other', [])], 'ADE20K')).toBeUndefined();
  expect(folderHandle([...handles, folder('other', [])], 'other')?.name).toBe('other');
});

it('asks before it reads', async () => {
  const asking = (answer: () => Promise<PermissionState>) =>
    mayRead({ ...file('a'), requestPermission: answer } as unknown as FileSystemHandle);
  expect(await asking(() => Promise.resolve('granted'))).toBe(true);
  expect(await asking(() => Promise.resolve('prompt'))).toBe(false);
  expect(await asking(() => Promise.reject(new DOMException('no click', 'SecurityError')))).toBe(false);
  expect(await mayRead(file('without a way to ask'))).toBe(true);
});

it('knows the files nobody means', () => {
  expect(['.DS_Store', '__MACOSX', 'Thumbs.db', 'a.png'].map(isHidden)).toEqual([true, true, true, false]);
});
