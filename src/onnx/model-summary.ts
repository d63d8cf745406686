/** One dimension as the file gives it: a number, the name of a symbol (`batch_size`), or null where it says nothing. */
export type FileDim = number | string | null;

/** A graph's input or output, or a tensor whose shape the exporter wrote down. */
export interface ValueInfo {
  readonly name: string;
  /** Element type in ONNX's names (`float`, `uint8`, `int64`), `unknown` for anything but tensors. */
  readonly elemType: string;
  /** Undefined where the file gives no shape at all. */
  readonly dims?: readonly FileDim[];
}

/** A constant stored in the file. Its values are only read where they are few: shapes, axes, sizes, not weights. */
export interface Initializer {
  readonly name: string;
  readonly elemType: string;
  readonly dims: readonly number[];
  /** Up to {@link SMALL_CONSTANT} values, otherwise undefined. */
  readonly values?: readonly number[];
  /** Name of the second file that holds the values, where they are not in this one. */
  readonly externalFile?: string;
}

/** How many values a constant may have for {@link Initializer} to carry them. */
export const SMALL_CONSTANT = 64;

/** The attributes that shapes depend on. Tensors appear as an {@link Initializer}; subgraphs are left out. */
export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'strings'; readonly value: readonly string[] }
  | { readonly kind: 'tensor'; readonly value: Initializer };

/** One operator of the graph, in the order of the file, which is the order of computation. */
export interface GraphNode {
  readonly name: string;
  readonly op: string;
  /** Operator set; empty for ONNX's own. */
  readonly domain: string;
  /** Names of tensors; an empty name stands for an optional input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: ReadonlyMap<string, Attribute>;
  /** Whether it holds a subgraph (If, Loop, Scan). */
  readonly hasSubgraph: boolean;
}

/** What an ONNX file says about itself, without its weights. Plain data: it may be sent between threads. */
export interface ModelSummary {
  /** Name of the dropped file. */
  readonly fileName: string;
  /** Size of the file in bytes. */
  readonly size: number;
  /** SHA-256 of the file in lower-case hex. */
  readonly hash: string;
  readonly irVersion: number;
  /** Version of ONNX's own operator set; 0 where the file names none. */
  readonly opset: number;
  /** The exporter and its version, for example `pytorch 2.4.0`; empty where not said. */
  readonly producer: string;
  readonly graphName: string;
  readonly metadata: ReadonlyMap<string, string>;
  /** What must be fed: the graph's inputs that have no value in the file. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly initializers: ReadonlyMap<string, Initializer>;
  readonly nodes: readonly GraphNode[];
  /** Shapes of tensors in between, where the exporter wrote them down. */
  readonly valueInfos: ReadonlyMap<string, ValueInfo>;
}
