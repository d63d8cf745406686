/** The report's style sheet: the page's colors (src/ui/tokens.css), light, dark and on paper. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --page: #f7f6f3; --surface: #fffefb; --raised: #f0eee9; --line: #e0ddd5; --line-strong: #8d897f;
  --ink: #1e1d1a; --ink-soft: #5b5850; --accent: #2f4b9c; --warning: #8a3b00;
  --scene-ink: #5a3d8c; --scene: #ebe4f6; --object-ink: #1d4f86; --object: #dfeaf6;
  --part-ink: #0e5a55; --part: #d9eeeb; --material-ink: #6d4609; --material: #f5e8cf;
  --texture-ink: #862d5d; --texture: #f8e1ec; --color-ink: #44423c; --color: #e9e6df;
  --other-ink: #3d5a1c; --other: #e5eed8; --pre-lemma-ink: #0b5a70; --pre-lemma: #d6edf4;
  --hyp-lemma-ink: #8a2a2f; --hyp-lemma: #f9e1df;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #151619; --surface: #1d1f23; --raised: #282b30; --line: #34373d; --line-strong: #7d818a;
    --ink: #ecebe7; --ink-soft: #a9abb1; --accent: #a7b8f2; --warning: #f5b183;
    --scene-ink: #cdb8f5; --scene: #372c50; --object-ink: #a9cdf5; --object: #1f3650;
    --part-ink: #90d6cd; --part: #173e3b; --material-ink: #ecc98a; --material: #443414;
    --texture-ink: #f3b0d0; --texture: #4c2338; --color-ink: #d8d5cd; --color: #3b3a37;
    --other-ink: #bcdb94; --other: #2e3d1c; --pre-lemma-ink: #93d4e8; --pre-lemma: #143a47;
    --hyp-lemma-ink: #f5b5b2; --hyp-lemma: #4d2326;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 32px 20px 64px; max-width: 1040px; background: var(--page); color: var(--ink);
  font: 0.9375rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', sans-serif;
  font-variant-numeric: tabular-nums; overflow-wrap: anywhere;
}
h1 { margin: 4px 0 8px; font-size: 1.75rem; line-height: 1.2; }
h2 { margin: 40px 0 12px; font-size: 1.125rem; }
h3 { margin: 0; font-size: 1.125rem; }
h4 { margin: 16px 0 4px; font-size: 0.8125rem; color: var(--ink-soft); }
p { margin: 0 0 8px; max-width: 72ch; }
a { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
code { font: 0.8125rem ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace; }
nav ul { display: flex; flex-wrap: wrap; gap: 4px 20px; margin: 12px 0 0; padding: 0; list-style: none; }
.soft { color: var(--ink-soft); }
.note { color: var(--warning); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 8px 24px; margin: 0; }
dt { font-size: 0.8125rem; color: var(--ink-soft); }
dd { margin: 0; }
table { width: 100%; border-collapse: collapse; }
th, td { padding: 4px 8px; border-bottom: 1px solid var(--line); text-align: left; vertical-align: baseline; }
thead th { border-bottom-color: var(--line-strong); font-size: 0.8125rem; color: var(--ink-soft); white-space: nowrap; }
th button { padding: 0; border: 0; background: none; color: inherit; font: inherit; cursor: pointer; }
th button:hover { color: var(--ink); text-decoration: underline; }
th[aria-sort] button::after { content: ' \\2191'; }
th[aria-sort='descending'] button::after { content: ' \\2193'; }
.number { text-align: right; white-space: nowrap; }
.scroll { overflow-x: auto; }
.formula { line-height: 1.9; font-size: 0.8125rem; font-weight: 600; letter-spacing: 0.02em; color: var(--ink-soft); }
article > .formula { display: block; margin: 8px 0; }
.chip {
  display: inline-block; padding: 0 0.5em; border-radius: 4px; background: var(--other); color: var(--other-ink);
  font-size: 0.9375rem; font-weight: 500; line-height: 1.5; letter-spacing: 0;
}
.scene { background: var(--scene); color: var(--scene-ink); }
.object { background: var(--object); color: var(--object-ink); }
.part { background: var(--part); color: var(--part-ink); }
.material { background: var(--material); color: var(--material-ink); }
.texture { background: var(--texture); color: var(--texture-ink); }
.color { background: var(--color); color: var(--color-ink); }
.pre-lemma { background: var(--pre-lemma); color: var(--pre-lemma-ink); }
.hyp-lemma { background: var(--hyp-lemma); color: var(--hyp-lemma-ink); }
mark { padding: 0 0.2em; border-radius: 4px; background: var(--other); color: var(--other-ink); font-weight: 600; }
.pairs { margin: 0; padding: 0; list-style: none; }
.pairs li { padding: 8px 0; border-top: 1px solid var(--line); break-inside: avoid; }
.pairs dl { grid-template-columns: minmax(0, 1fr); gap: 2px; }
.pairs dl div { display: grid; grid-template-columns: 6rem minmax(0, 1fr); gap: 8px; }
.pairs p { margin: 2px 0 0; font-size: 0.8125rem; }
details { margin: 0 0 24px; }
summary { color: var(--ink-soft); cursor: pointer; }
details table { width: auto; }
.sortable td:nth-child(2) { min-width: 240px; }
.columns h3 { margin: 0 0 4px; font-size: 0.9375rem; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(280px, 1fr)); gap: 0 40px; }
svg { display: block; overflow: visible; }
.histogram { width: 100%; max-width: 640px; height: 140px; margin: 16px 0 0; border-bottom: 1px solid var(--line-strong); }
.ends { display: flex; justify-content: space-between; max-width: 640px; font-size: 0.8125rem; color: var(--ink-soft); }
.share { display: inline-block; width: 60px; height: 6px; margin-left: 8px; }
.curve { width: 120px; height: 36px; }
.bar { fill: var(--accent); }
.track { fill: var(--raised); }
.axis { stroke: var(--line-strong); }
.mean { stroke: var(--ink); stroke-dasharray: 3 3; vector-effect: non-scaling-stroke; }
polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; }
circle { fill: var(--accent); }
article {
  margin: 0 0 16px; padding: 16px; border: 1px solid var(--line); border-radius: 6px; background: var(--surface);
  content-visibility: auto; contain-intrinsic-size: auto 420px;
}
article > header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 8px; }
article:target { border-color: var(--accent); }
li { margin: 0 0 4px; }
ol { margin: 0; padding-left: 24px; }
.pictures { display: flex; flex-wrap: wrap; gap: 12px; margin: 8px 0 0; }
figure { margin: 0; width: 128px; }
figure img { display: block; width: 128px; border-radius: 4px; background: var(--raised); }
figcaption { font-size: 0.8125rem; color: var(--ink-soft); }
@media print {
  body { max-width: none; padding: 0; background: none; }
  article { content-visibility: visible; break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  nav, .up { display: none; }
  .chip, .bar, .track, circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;

/** Base64 SHA-256 of {@link reportStyle}: the only style the report's policy lets apply. */
export const reportStyleHash = 'SHhzANGC7D0vlj5t49DRmxG+mRmJFc+ACLKV1UkeqOE=';
