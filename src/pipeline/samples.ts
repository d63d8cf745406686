import { pipelineFaults } from './errors.ts';

/**
 * Loads a file of an embedded sample.
 *
 * @param base address of the page, absolute
 * @param path inside the folder `samples`, for example `scenes/model.onnx`
 * @param name for the file, in messages and results
 * @throws Fault `pipeline/sample-download`
 */
export function loadSample(base: string, path: string, name: string): Promise<File> {
  return loadFile(base, `samples/${path}`, name);
}

/**
 * Loads a file that belongs to the page.
 *
 * @param path beside the page
 * @throws as {@link loadSample}
 */
export async function loadFile(base: string, path: string, name: string): Promise<File> {
  let reason: string;
  try {
    const response = await fetch(new URL(path, base));
    // A server for pages with their own routing answers missing files with the page.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
    if (response.ok && !isPage) return new File([await response.blob()], name);
    reason = isPage ? 'the server has no such file' : `the server answers ${response.status}`;
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  throw pipelineFaults['sample-download'](path, reason);
}
