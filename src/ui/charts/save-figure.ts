/** What a saved figure says about itself. */
export interface FigureText {
  readonly title: string;
  /** What it shows, for people who do not see it. */
  readonly description: string;
  /** Settings, hashes, versions and date, a line each. */
  readonly notes: readonly string[];
}

const svgName = 'http://www.w3.org/2000/svg';
const lineHeight = 15;
const padding = 16;

/** What the page's style sheets decide and a file must say itself. */
const styled = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

/**
 * A chart on the page as an SVG file that needs nothing else: colors and fonts as they are on the page, its background, a title above and
 * the notes below, both also as text that programs read.
 */
export function figureSvg(chart: SVGSVGElement, { title, description, notes }: FigureText): string {
  const { width, height } = size(chart);
  const page = getComputedStyle(document.documentElement);
  const ink = page.getPropertyValue('--ink');
  const top = padding + 24;
  const lines = notes.flatMap((note) => wrapped(note, (width - 2 * padding) / 5.6));
  const full = top + height + padding + lines.length * lineHeight + padding;

  const file = document.createElementNS(svgName, 'svg');
  set(file, { xmlns: svgName, width, height: full, viewBox: `0 0 ${width} ${full}`, role: 'img' });
  file.append(textElement('title', title), textElement('desc', [description, ...notes].join('\n')));
  file.append(
    set(document.createElementNS(svgName, 'rect'), { width, height: full, fill: page.getPropertyValue('--surface') }),
  );
  const font = { 'font-family': 'system-ui, sans-serif', fill: ink };
  file.append(
    set(textElement('text', title), { ...font, x: padding, y: padding + 12, 'font-size': 15, 'font-weight': 600 }),
  );
  const copy = chart.cloneNode(true) as SVGSVGElement;
  inlineStyles(chart, copy);
  file.append(set(copy, { x: 0, y: top, width, height, overflow: 'visible' }));
  lines.forEach((line, index) => {
    const y = top + height + padding + (index + 0.8) * lineHeight;
    file.append(
      set(textElement('text', line), {
        ...font,
        x: padding,
        y,
        'font-size': 11,
        fill: page.getPropertyValue('--ink-soft'),
      }),
    );
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(file)}\n`;
}

/** An SVG file as PNG, twice as many pixels a side. Rejects where the browser cannot draw it. */
export async function figurePng(svg: string): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = new OffscreenCanvas(image.naturalWidth * 2, image.naturalHeight * 2);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(url);
  }
}

function size(chart: SVGSVGElement): { readonly width: number; readonly height: number } {
  const { width, height } = chart.viewBox.baseVal;
  return { width, height };
}

function inlineStyles(from: Element, to: Element): void {
  const style = getComputedStyle(from);
  for (const name of styled) {
    const value = style.getPropertyValue(name);
    if (value !== '') to.setAttribute(name, value);
  }
  to.removeAttribute('style');
  to.removeAttribute('class');
  for (let index = 0; index < from.children.length; index += 1) inlineStyles(from.children[index], to.children[index]);
}

function set<Made extends Element>(element: Made, attributes: Readonly<Record<string, string | number>>): Made {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

function textElement(name: 'title' | 'desc' | 'text', text: string): SVGElement {
  const element = document.createElementNS(svgName, name);
  element.textContent = text;
  return element;
}

/** A line broken between words into lines of at most so many letters; a longer word stays whole. */
function wrapped(text: string, letters: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
