export { describePreprocessing, editPreprocessing, isPresetName, presetNames, presets } from '../onnx/preprocess.ts';
