import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cycles } from './cycles.ts';
import { mayImportFile, mayImportPackage, roomOf, rooms } from './rooms.mjs';
import { importsOf, parseScript, readSources, root, scriptsOf, type SourceFile } from './source-files.ts';

const files = readSources('src', 'workers');
const isDeclaration = (file: SourceFile) => file.path.endsWith('.d.ts');
const withCode = files.filter((file) => !isDeclaration(file));

describe('imports', () => {
  it('stand in a room of the architecture', () => {
    expect(files.filter((file) => !roomOf(file.path) && !isDeclaration(file)).map((file) => file.path)).toEqual([]);
    expect(files.length).toBeGreaterThan(20);
  });

  it('follow the table of who may import whom', () => {
    expect(withCode.flatMap(forbiddenImports)).toEqual([]);
  });

  it('name files that exist, with their extension', () => {
    const missing = files.flatMap((file) =>
      file.imports
        .filter(({ target }) => target !== undefined && !existsSync(join(root, target)))
        .map(({ specifier }) => `${file.path} -> ${specifier}`),
    );
    expect(missing).toEqual([]);
  });

  it('have no cycle', () => {
    const edges = new Map(files.map((file) => [file.path, neighbours(file)]));
    expect(cycles(edges)).toEqual([]);
  });
});

describe('files', () => {
  it('are no barrels', () => {
    expect(files.filter((file) => file.isBarrel).map((file) => file.path)).toEqual([]);
  });

  it('have kebab-case names', () => {
    const odd = files.filter(
      (file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.(svelte|worker|d))?\.(ts|svelte)$/.test(basename(file.path)),
    );
    expect(odd.map((file) => file.path)).toEqual([]);
  });

  it('have at most 600 lines, and a median under 100', () => {
    const tooLong = files.filter((file) => file.lines > 600);
    expect(tooLong.map((file) => `${file.path}: ${file.lines} lines`)).toEqual([]);
    const lengths = files.map((file) => file.lines).sort((a, b) => a - b);
    expect(lengths[lengths.length >> 1]).toBeLessThan(100);
  });

  it('of workers are wiring: at most 60 lines', () => {
    const tooLong = files.filter((file) => file.path.startsWith('workers/') && file.lines > 60);
    expect(tooLong.map((file) => `${file.path}: ${file.lines} lines`)).toEqual([]);
  });
});

describe('the checks themselves', () => {
  const imports = (text: string) => importsOf('src/ui/pages/x.svelte', parseScript('x.ts', text));

  it('see every way to import', () => {
    const text = `
      import type { A } from '../../engine/ids.ts';
      import { type B } from '../../engine/concepts.ts';
      import c, { type D } from './d.ts';
      import './e.css';
      export { f } from './f.ts';
      const g = await import('./g.ts');
      type H = import('./h.ts').H;
      new Worker(new URL('../../../workers/i.worker.ts', import.meta.url));
      import j from './j.ts?url';`;
    expect(imports(text).map(({ target, typeOnly }) => [target, typeOnly])).toEqual([
      ['src/engine/ids.ts', true],
      ['src/engine/concepts.ts', true],
      ['src/ui/pages/d.ts', false],
      ['src/ui/pages/e.css', false],
      ['src/ui/pages/f.ts', false],
      ['src/ui/pages/g.ts', false],
      ['src/ui/pages/h.ts', true],
      ['workers/i.worker.ts', true],
      ['src/ui/pages/j.ts', false],
    ]);
  });

  it('read both scripts of a component', () => {
    const component = `<script module lang="ts">import a from './a.ts';</script>\n<p>text</p>\n<script lang="ts">import b from './b.ts';</script>`;
    expect(imports(scriptsOf(component)).map(({ specifier }) => specifier)).toEqual(['./a.ts', './b.ts']);
  });

  it.each([
    ['ui', 'workers/search.worker.ts', true, false],
    ['ui', 'src/runtime/model-session.ts', true, false],
    ['ui', 'src/storage/database.ts', true, false],
    ['ui', 'src/engine/search/beam.ts', false, false],
    ['ui', 'src/engine/search/beam.ts', true, true],
    ['ui', 'src/engine/formula/print.ts', false, true],
    ['jobs', 'workers/search.worker.ts', false, false],
    ['jobs', 'workers/search.worker.ts', true, true],
    ['engine', 'src/onnx/wire.ts', true, false],
    ['probing', 'src/engine/bits/bitset.ts', false, false],
    ['probing', 'src/engine/fault.ts', false, true],
    ['cli', 'src/storage/database.ts', false, false],
  ])('%s importing %s (types only: %s) is allowed: %s', (from, target, typeOnly, allowed) => {
    expect(mayImportFile(from, target, typeOnly)).toBe(allowed);
  });

  it('tell packages by room', () => {
    const allowed = (room: string, specifier: string) =>
      rooms[room] !== undefined && mayImportPackage(rooms[room], specifier);
    expect(allowed('cli', 'node:fs')).toBe(true);
    expect(allowed('engine', 'node:fs')).toBe(false);
    expect(allowed('engine', 'onnxruntime-web/webgpu')).toBe(false);
    expect(allowed('runtime', 'onnxruntime-web/webgpu')).toBe(true);
    expect(allowed('storage', 'idb-keyval')).toBe(false);
  });

  it('find a cycle of three, and none in a diamond', () => {
    const graph = (entries: Record<string, string[]>) => new Map(Object.entries(entries));
    expect(cycles(graph({ a: ['b'], b: ['c'], c: ['a'], d: ['a'] })).map((one) => one.sort())).toEqual([
      ['a', 'b', 'c'],
    ]);
    expect(cycles(graph({ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }))).toEqual([]);
  });
});

function forbiddenImports(file: SourceFile): string[] {
  const from = roomOf(file.path);
  const room = from === undefined ? undefined : rooms[from];
  if (from === undefined || room === undefined) return [];
  return file.imports
    .filter(({ specifier, target, typeOnly }) =>
      target === undefined ? !mayImportPackage(room, specifier) : !mayImportFile(from, target, typeOnly),
    )
    .map(({ specifier, typeOnly }) => `${file.path}: import ${typeOnly ? 'type ' : ''}'${specifier}'`);
}

/** A component may import itself: that is how a tree is drawn. */
function neighbours(file: SourceFile): string[] {
  return file.imports.flatMap(({ target }) => (target === undefined || target === file.path ? [] : [target]));
}
