/** The types of src/jobs/api.ts that components name; they know the workbench through the state only. */
export type {
  DroppedFile,
  Evidence,
  LayerChoice,
  OpenedModel,
  OpenedProbing,
  Preprocessing,
  RunProgress,
  SampleName,
} from '../jobs/api.ts';
