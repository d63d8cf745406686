import type { ChartMaker, ChartTable } from '../charts/chart.ts';

/** A chart of the report, with the numbers behind it. */
export interface ReportFigure {
  /** Says what the chart is about. */
  readonly title: string;
  /** What it shows, in a sentence, for people who do not see it. */
  readonly description: string;
  /** Null: there is a table only. */
  readonly make: ChartMaker | null;
  readonly table: ChartTable;
}

/** An analysis in the report. All is plain text. */
export interface ReportSection {
  /** Its name in addresses within the file. */
  readonly id: string;
  /** The question it answers. */
  readonly title: string;
  /** The answer, in a sentence or a few. */
  readonly answer: string;
  /** Tests, and what is left out, a paragraph each. */
  readonly notes: readonly string[];
  readonly figures: readonly ReportFigure[];
  /** What the numbers mean, a paragraph each. */
  readonly meaning: readonly string[];
}

/** A section that says only why there is nothing to say. */
export function emptySection(id: string, title: string, answer: string): ReportSection {
  return { id, title, answer, notes: [], figures: [], meaning: [] };
}
