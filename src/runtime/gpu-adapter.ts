/** What the browser has to offer for WebGPU. */
export type AdapterFinding =
  | { readonly kind: 'hardware' | 'software'; readonly name: string }
  | { readonly kind: 'none'; readonly reason: string };

const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render/i;

/** Asks the browser for a WebGPU adapter and says whether it is a real graphics processor or an imitation in software. */
export async function findAdapter(gpu: GPU | undefined = globalThis.navigator?.gpu): Promise<AdapterFinding> {
  if (!gpu) return { kind: 'none', reason: 'this browser has no WebGPU' };
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (!adapter) return { kind: 'none', reason: 'WebGPU found no graphics processor it can use' };
    const { description, vendor, architecture, device, isFallbackAdapter } = adapter.info;
    const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed';
    const software = isFallbackAdapter || SOFTWARE.test(`${name} ${architecture} ${device}`);
    return { kind: software ? 'software' : 'hardware', name };
  } catch (error) {
    return { kind: 'none', reason: `WebGPU failed (${error instanceof Error ? error.message : 'no reason given'})` };
  }
}
