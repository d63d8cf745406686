import { Fault } from '../engine/fault.ts';
import { runtimeFaults } from './errors.ts';

type Describe = (match: RegExpExecArray) => Fault;

/** What onnxruntime says, and what it means. The first match counts. */
const FAILURES: readonly (readonly [pattern: RegExp, describe: Describe])[] = [
  [
    /bad_alloc|out of memory|OOM|failed to allocate|allocation failed|could not allocate|memory access out of bounds/i,
    () => runtimeFaults['out-of-memory'](),
  ],
  [
    /device (was|is)? ?lost|DXGI_ERROR_DEVICE|A valid external Instance reference no longer exists/i,
    () => runtimeFaults['device-lost'](''),
  ],
  [/protobuf parsing failed/i, () => runtimeFaults['damaged-model']()],
  [/external data file "?([^",]+)/i, (match) => runtimeFaults['external-weights'](match[1])],
  [/Could not find an implementation for ([\w.:]+\(\d+\))/, (match) => runtimeFaults['unsupported-operator'](match[1])],
  [/([\w.:]+)\(-?\d+\) is not a registered function\/op/, (match) => runtimeFaults['unsupported-operator'](match[1])],
  [/No Op registered for (\w+)/, (match) => runtimeFaults['unsupported-operator'](match[1])],
  [
    /(Unsupported model IR version[^\n]*|Opset \d+ is under development)/,
    (match) => runtimeFaults['unsupported-version'](sentence(match[1])),
  ],
  [
    /invalid dimensions for input: (\S+)[\s\S]*?Got: (-?\d+) Expected: (-?\d+)/,
    (match) => runtimeFaults['wrong-input'](match[1], `a side of ${match[2]} where it wants ${match[3]}.`),
  ],
  [
    /Invalid rank for input: (\S+) Got: (\d+) Expected: (\d+)/,
    (match) => runtimeFaults['wrong-input'](match[1], `${match[2]} dimensions where it wants ${match[3]}.`),
  ],
  [
    /Unexpected input data type[\s\S]*?Actual: \(([^)]*)\+?\) ?, expected: \(([^)]*)\)/,
    (match) => runtimeFaults['wrong-input']('of pictures', `values of type ${match[1]} where it wants ${match[2]}.`),
  ],
  [
    /[^\n]*(?:no available backend found|failed to fetch|dynamically imported module)[^\n]*/i,
    ([line]) => runtimeFaults['no-runtime'](sentence(line)),
  ],
  [
    /(?:INVALID_GRAPH|This is an invalid model|Type Error|Invalid model)\W*([^\n]*)/,
    (match) => runtimeFaults['invalid-model'](sentence(match[1])),
  ],
];

/** Turns whatever onnxruntime threw into a sentence for people; the original is kept as its cause. */
export function describeFailure(error: unknown): Fault {
  if (error instanceof Fault) return error;
  const said = error instanceof Error ? error.message : String(error);
  const fault = known(said) ?? runtimeFaults.failed(sentence(withoutCodes(said)));
  fault.cause = error;
  return fault;
}

function known(said: string): Fault | undefined {
  for (const [pattern, describe] of FAILURES) {
    const match = pattern.exec(said);
    if (match) return describe(match);
  }
  return undefined;
}

function withoutCodes(said: string): string {
  return said.replace(/^[\s\S]*?ERROR_MESSAGE: */, '').replace(/^\S*\.(cc|h):\d+ [^\n]*?\) /, '');
}

function sentence(said: string): string {
  const line = said.split('\n')[0].trim().slice(0, 300);
  return /[.?]$/.test(line) ? line : `${line}.`;
}
