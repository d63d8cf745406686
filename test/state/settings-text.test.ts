import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../src/engine/results/default-settings.ts';
import type { ExplainSettings } from '../../src/engine/results/explanation.ts';
import { askedText, defaultAsked, readAsked } from '../../src/state/asked.ts';
import type { Asked } from '../../src/state/asked.ts';
import { operatorNames, readSettingsText, settingsText } from '../../src/state/settings-text.ts';

const category = fc.string({ unit: 'grapheme', minLength: 1 });

const settings: fc.Arbitrary<ExplainSettings> = fc.record({
  threshold: fc.oneof(
    fc.record({
      kind: fc.constant('quantile' as const),
      quantile: fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true }),
    }),
    fc.record({
      kind: fc.constant('fixed' as const),
      above: fc.double({ noNaN: true, noDefaultInfinity: true }).map((above) => above + 0),
    }),
  ),
  length: fc.integer({ min: 1, max: 40 }),
  beam: fc.integer({ min: 1, max: 500 }),
  penalty: fc.double({ min: 0, max: 1, minExcluded: true, noNaN: true }),
  candidates: fc.option(fc.integer({ min: 1, max: 1_000_000 })),
  mode: fc.constantFrom('default' as const, 'reference' as const),
  minActive: fc.nat(),
  minConcept: fc.nat(),
  operators: fc.subarray([...operatorNames], { minLength: 1 }),
  without: fc.uniqueArray(category, { maxLength: 4 }).map((names) => [...names].sort()),
});

const asked: fc.Arbitrary<Asked> = fc.record({
  settings: fc
    .tuple(
      settings,
      fc.option(fc.tuple(fc.nat(500), fc.nat(500)).map(([first, more]) => [first, first + more] as const)),
      fc.option(fc.integer({ min: 1 })),
    )
    .map(([explain, units, samples]) => ({ ...explain, units, samples })),
  preprocessing: fc.oneof(
    fc.constant(null),
    fc.constant(defaultAsked.preprocessing),
    fc
      .tuple(...Array.from({ length: 7 }, () => fc.double({ noNaN: true, noDefaultInfinity: true })))
      .map((numbers) => numbers.map((number) => number + 0))
      .map(([scale, m0, m1, m2, s0, s1, s2]) => ({
        preset: 'custom' as const,
        order: 'BGR' as const,
        scale,
        mean: [m0, m1, m2] as const,
        std: [s0, s1, s2] as const,
      })),
  ),
  input: fc.tuple(fc.integer({ min: 1, max: 8192 }), fc.integer({ min: 1, max: 8192 })),
});

describe('settingsText', () => {
  it('is empty for the base, and names only what differs', () => {
    expect(settingsText(defaultSettings, defaultSettings)).toBe('');
    const changed: ExplainSettings = {
      ...defaultSettings,
      length: 5,
      candidates: 50,
      operators: ['and', 'or'],
      without: ['color'],
    };
    expect(settingsText(changed, defaultSettings)).toBe('length-5_candidates-50_operators-or.and_without-color');
  });

  it('stands in an address as it is', () => {
    const changed: ExplainSettings = { ...defaultSettings, threshold: { kind: 'fixed', above: -0.5 }, penalty: 0.98 };
    const text = settingsText(changed, defaultSettings);
    expect(new URLSearchParams({ try: text }).toString()).toBe(`try=${text}`);
  });

  it('is read back to the same settings, over any base', () => {
    fc.assert(
      fc.property(settings, settings, (wanted, base) => {
        expect(readSettingsText(settingsText(wanted, base), base)).toEqual(wanted);
      }),
    );
  });

  it('is read from any text without throwing, into settings that make sense', () => {
    const parts = fc.constantFrom(
      'quantile-7',
      'length-0',
      'beam-x',
      'operators-',
      'without-%E0',
      'mode-fast',
      '_',
      '-',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(parts).map((some) => some.join('_')),
        ),
        (text) => {
          const read = readSettingsText(text, defaultSettings);
          expect(settingsText(readSettingsText(settingsText(read, defaultSettings), defaultSettings), read)).toBe('');
        },
      ),
    );
    expect(readSettingsText('quantile-7_length-0_beam-x_operators-nand', defaultSettings)).toEqual(defaultSettings);
  });
});

describe('askedText', () => {
  it('is empty for the defaults', () => {
    expect(askedText(defaultAsked)).toBe('');
    expect(readAsked('')).toEqual(defaultAsked);
  });

  it('is read back the same', () => {
    fc.assert(
      fc.property(asked, (wanted) => {
        expect(readAsked(askedText(wanted))).toEqual(wanted);
      }),
    );
  });

  it('of sentence pairs is read back the same, tokenizer and longest row in place of what is said of pictures', () => {
    const tokens = fc.record({
      tokenizer: fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 8, maxLength: 8 }),
      maxTokens: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(settings, tokens, (explain, wantedTokens) => {
        const page = { ...explain, units: null, samples: null };
        const wanted: Asked = { ...defaultAsked, settings: page, tokens: wantedTokens };
        const text = askedText(wanted);
        expect(text.endsWith(`tokens-${wantedTokens.tokenizer}.${wantedTokens.maxTokens}`)).toBe(true);
        expect(readAsked(text)).toEqual(wanted);
      }),
    );
  });

  it('passes over what makes no sense', () => {
    expect(readAsked('tokens-xyz.5_tokens-00000000.0_tokens-')).toEqual(defaultAsked);
    expect(readAsked('units-9.3_samples-0_preset-sepia_input-0.9_nothing')).toEqual(defaultAsked);
    expect(readAsked('units-3.9_samples-100').settings).toMatchObject({ units: [3, 9], samples: 100 });
  });
});
