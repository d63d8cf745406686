import type { Workbench } from '../jobs/api.ts';
import { AblationState } from './ablation.svelte.ts';
import { Announcer } from './announcer.svelte.ts';
import { Address } from './address.svelte.ts';
import { Highlight } from './highlight.svelte.ts';
import { Kept } from './kept.svelte.ts';
import { Live } from './live.svelte.ts';
import { Offline } from './offline.svelte.ts';
import { Settings } from './settings.svelte.ts';
import type { SettingsSubject } from './settings.svelte.ts';
import { Theme } from './theme.svelte.ts';
import { UnitTable } from './unit-table.svelte.ts';
import { Workspace } from './workspace.svelte.ts';

// Components know the workbench through the state only; these of its types they name.
export type {
  CellTableFormat,
  DroppedFile,
  Evidence,
  KeptOfLayer,
  KeptOfProbing,
  KnownFile,
  LayerChoice,
  OpenedInput,
  OpenedModel,
  OpenedProbing,
  PairInput,
  ProbingOptions,
  ProbingSurvey,
  Preprocessing,
  RecentResults,
  RunEstimate,
  RunProgress,
  SampleName,
  ThresholdLimits,
  ToFree,
  UnfinishedRun,
} from '../jobs/api.ts';
export type { PairOptions } from '../probing/pairs/pair-options.ts';
export type { PairSurvey } from '../probing/pairs/pair-survey.ts';

/** Everything the page remembers while it is open. */
export interface AppState {
  readonly address: Address;
  readonly workspace: Workspace;
  readonly kept: Kept;
  readonly settings: Settings;
  readonly theme: Theme;
  readonly highlight: Highlight;
  readonly table: UnitTable;
  readonly live: Live;
  /** Units that are switched off. */
  readonly ablation: AblationState;
  readonly announcer: Announcer;
  /** The service worker: ready for use without a network, a newer version, shared memory. */
  readonly offline: Offline;
}

/** Makes the page's state around a workbench. */
export function makeAppState(workbench: Workbench): AppState {
  const address = new Address();
  const workspace = new Workspace(workbench);
  const table = new UnitTable(workspace, address);
  return {
    address,
    workspace,
    kept: new Kept(workbench, workspace),
    settings: new Settings(() => settingsSubject(workspace)),
    theme: new Theme(),
    highlight: new Highlight(),
    table,
    live: new Live(workspace, address, table),
    ablation: new AblationState(workbench, workspace),
    announcer: new Announcer(),
    offline: new Offline(),
  };
}

/** Pairs that a set has which is not open yet: the paper's, until it is. */
const usualPairs = 10_000;

/** What decides which settings are meant: the open probing set; before one is open, what the model takes. */
function settingsSubject({ cells, probing, input }: Workspace): SettingsSubject | null {
  if (cells.value) return null;
  return probing.value ?? (input.pairInput ? { hasPairs: true, sampleCount: usualPairs } : null);
}
