import type { ActivationFile } from './activation-values.ts';
import { wrongKind } from './identify.ts';
import { openNpyActivations } from './npy-activations.ts';
import { openNpzActivations } from './npz.ts';
import { readFault } from './read-fault.ts';
import { looksLikeSafetensors, openSafetensors } from './safetensors.ts';

/**
 * Opens activations for reading in pieces: `.npy`, `.npz`, `.safetensors` or Parquet, recognised by the first bytes (docs/formats.md,
 * Activations). The file may be larger than memory.
 *
 * @param name for messages
 * @throws Fault naming the file, if it is something else, damaged, or of another shape
 */
export async function openActivations(blob: Blob, name: string): Promise<ActivationFile> {
  const bytes = await blob
    .slice(0, 64)
    .arrayBuffer()
    .catch((error: unknown) => {
      throw readFault(error, name);
    });
  const start = new Uint8Array(bytes);
  const text = String.fromCharCode(...start);
  if (text.startsWith('\x93NUMPY')) return openNpyActivations(blob, name);
  if (text.startsWith('PK\x03\x04')) return openNpzActivations(blob, name);
  if (text.startsWith('PAR1')) {
    // The library is large and only some need it.
    const { openParquetActivations } = await import('./parquet-activations.ts');
    return openParquetActivations(blob, name);
  }
  if (looksLikeSafetensors(start)) return openSafetensors(blob, name);
  throw wrongKind(name, start, 'a file of activations (.npy, .npz, .safetensors or Parquet)');
}
