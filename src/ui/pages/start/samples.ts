import type { SampleName } from '../../../state/app-state.svelte.ts';

/** What the start page says about an embedded sample. */
export interface SampleCard {
  readonly name: SampleName;
  readonly title: string;
  readonly text: string;
  /** Its picture, beside the sample's files. */
  readonly picture: string;
}

/** The embedded samples, in the order in which they are offered. */
export const samples: readonly SampleCard[] = [
  {
    name: 'scenes',
    title: 'Scenes',
    text: '12 kinds of drawn scenes, and a small network trained on them with planted shortcuts. All pictures are synthetic.',
    picture: `${import.meta.env.BASE_URL}samples/scenes/preview.webp`,
  },
  {
    name: 'coco-mobilenet',
    title: 'COCO MobileNet',
    text: "TensorFlow's SSDLite MobileNetV2, probed on composed emoji pictures. Loaded only when chosen (about 12 MB).",
    picture: `${import.meta.env.BASE_URL}samples/coco-mobilenet/preview.webp`,
  },
];
