import { countingWasm } from './counting-wasm.ts';

type Place = WebAssembly.Global<'i32'>;

/** What assembly/counting.ts exports; places are addresses in its memory. */
export interface Kernel {
  readonly memory: WebAssembly.Memory;
  readonly rowFirst: Place;
  readonly rowCount: Place;
  readonly rowWeights: Place;
  readonly rowFrom: Place;
  readonly rowTo: Place;
  readonly columnFirst: Place;
  readonly columnWeights: Place;
  readonly columnFrom: Place;
  readonly columnTo: Place;
  readonly map: Place;
  readonly index: Place;
  readonly entries: Place;
  readonly counts: Place;
  plan(
    height: number,
    width: number,
    gridHeight: number,
    gridWidth: number,
    rowTaps: number,
    columnTaps: number,
    paletteRoom: number,
  ): void;
  find(least: number, bound: number): number;
  tally(first: number, end: number, bytes: number, palette: number): number;
}

let compiled: WebAssembly.Module | null | undefined;

/** The kernel with memory of its own; null where WebAssembly, its SIMD instructions or the right to compile it are missing. */
export function newKernel(): Kernel | null {
  if (compiled === undefined) compiled = compile();
  return compiled && (new WebAssembly.Instance(compiled).exports as unknown as Kernel);
}

function compile(): WebAssembly.Module | null {
  const bytes = Uint8Array.from(atob(countingWasm), (letter) => letter.charCodeAt(0));
  try {
    return WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  } catch {
    return null;
  }
}
