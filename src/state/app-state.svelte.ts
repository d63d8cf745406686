import type { Workbench } from '../jobs/api.ts';
import { Address } from './address.svelte.ts';
import { Highlight } from './highlight.svelte.ts';
import { Settings } from './settings.svelte.ts';
import { Theme } from './theme.svelte.ts';
import { UnitTable } from './unit-table.svelte.ts';
import { Workspace } from './workspace.svelte.ts';

// Components know the workbench through the state only; these of its types they name.
export type {
  DroppedFile,
  Evidence,
  LayerChoice,
  OpenedModel,
  Preprocessing,
  RunProgress,
  SampleName,
} from '../jobs/api.ts';

/** Everything the page remembers while it is open. */
export interface AppState {
  readonly address: Address;
  readonly workspace: Workspace;
  readonly settings: Settings;
  readonly theme: Theme;
  readonly highlight: Highlight;
  readonly table: UnitTable;
}

/** Makes the page's state around a workbench. */
export function makeAppState(workbench: Workbench): AppState {
  const address = new Address();
  const workspace = new Workspace(workbench);
  return {
    address,
    workspace,
    settings: new Settings(),
    theme: new Theme(),
    highlight: new Highlight(),
    table: new UnitTable(workspace, address),
  };
}
