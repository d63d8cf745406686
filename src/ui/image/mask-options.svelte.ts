import { readStored, writeStored } from '../../state/stored.ts';
import type { MaskStyle } from './paint-masks.ts';

/** What is drawn over pictures: the masks, the unit's activation as a heat map, or nothing. */
export type Overlay = 'masks' | 'heat' | 'none';

interface Kept extends MaskStyle {
  readonly overlay: Overlay;
  readonly showUnit: boolean;
  readonly showFormula: boolean;
}

const key = 'pictures:masks';

/** How masks are drawn on every picture of the page; remembered in this browser. */
class MaskOptions implements Kept {
  #kept: Kept = $state.raw(stored());

  get overlay(): Overlay {
    return this.#kept.overlay;
  }

  set overlay(overlay: Overlay) {
    this.#change({ overlay });
  }

  get showUnit(): boolean {
    return this.#kept.showUnit;
  }

  set showUnit(showUnit: boolean) {
    this.#change({ showUnit });
  }

  get showFormula(): boolean {
    return this.#kept.showFormula;
  }

  set showFormula(showFormula: boolean) {
    this.#change({ showFormula });
  }

  get opacity(): number {
    return this.#kept.opacity;
  }

  set opacity(opacity: number) {
    this.#change({ opacity });
  }

  get outlineOnly(): boolean {
    return this.#kept.outlineOnly;
  }

  set outlineOnly(outlineOnly: boolean) {
    this.#change({ outlineOnly });
  }

  #change(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    writeStored(key, this.#kept);
  }
}

function stored(): Kept {
  const found = (readStored(key) ?? {}) as { readonly [name in keyof Kept]?: unknown };
  const { overlay, opacity } = found;
  return {
    overlay: overlay === 'heat' || overlay === 'none' ? overlay : 'masks',
    opacity: typeof opacity === 'number' && opacity >= 0.1 && opacity <= 1 ? opacity : 0.45,
    showUnit: found.showUnit !== false,
    showFormula: found.showFormula !== false,
    outlineOnly: found.outlineOnly === true,
  };
}

/** The one set of options for all pictures. */
export const maskOptions = new MaskOptions();
