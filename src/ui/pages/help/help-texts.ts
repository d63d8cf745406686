/** The field's words as this page uses them, with their meaning. */
export const glossary: readonly (readonly [word: string, meaning: string])[] = [
  ['Unit', 'One channel of a layer of the network, counted from 0.'],
  ['Probing set', 'Samples, pictures for instance, in which it is known which concepts are where.'],
  ['Position', 'A place in a sample: a pixel of its masks, or the whole sample where it has only one.'],
  ['Concept', 'A named property that is true or false at each position: water, roof, blue, street.'],
  ['Mask', 'The positions where a unit fires: its activation, enlarged to the masks, lies above the threshold.'],
  ['Threshold', "By default the value above which the largest 0.5 % of a unit's activations lie."],
  ['Formula', 'Concepts joined by AND, OR and AND NOT.'],
  ['Formula length', 'The number of concepts in a formula. Longer ones fit better and tell less at a glance.'],
  ['IoU', 'Positions in both mask and formula, divided by positions in either. 1 is a perfect match, 0 is none.'],
  ['Beam', 'How many formulas the search keeps at each length to build longer ones from.'],
  [
    'Runner-up',
    'Another formula of the last beam. Close ones mean that the best one should not be taken too literally.',
  ],
  ['Penalty', 'A factor below 1 on the IoU for each further concept, to favour short formulas.'],
  ['Activation coverage', 'Of the positions where the unit fires, the share where the formula holds.'],
  ['Detection accuracy', 'Of the positions where the formula holds, the share where the unit fires.'],
  ['AUROC', 'How well the unit tells samples with the formula from those without: 0.5 is chance, 1 is perfect.'],
  ['Premise', 'The first sentence of a pair: what is taken to be true. Its concepts begin with pre:'],
  ['Hypothesis', 'The second sentence of a pair: what may follow from the first. Its concepts begin with hyp:'],
  [
    'Entailment',
    'The hypothesis follows from the premise. Else it contradicts the premise, or is neutral: it may be true or not.',
  ],
  [
    'Gold label',
    'What the annotators say of a pair: entailment, neutral or contradiction; none where they do not agree.',
  ],
  ['Overlap', 'Of the words of either sentence, the share that both have; as concepts: above 0, 25, 50 and 75 %.'],
  ['NEIGHBORS', 'For text: a word or one of its five nearest words by word vector, on the same side.'],
  [
    'Class weight',
    'By how much a unit speaks for a class: its weight in the linear layer that makes the classes of the output.',
  ],
  ['Token', 'A piece of text as a model’s tokenizer cuts it. What a probing set cuts a sentence into is a word.'],
  ['Provisional', 'Explained from the samples read so far, while the rest is still being read.'],
  [
    'Constant, silent',
    'A constant unit has one value everywhere. A silent one has no value above its threshold. Neither has a formula.',
  ],
];

/** A layout of probing sets that is recognised. */
export interface LayoutText {
  readonly name: string;
  readonly text: string;
  /** The files it is known by. */
  readonly files: string;
}

/** The layouts that are recognised, with the files each is known by. */
export const layouts: readonly LayoutText[] = [
  {
    name: 'Broden',
    text: 'Version 1.0 at 224 or 227, with any of its index files. A label is red + 256 × green, and 0 is nothing.',
    files: 'index.csv, label.csv, category.csv, images/',
  },
  {
    name: 'ADE20K',
    text: 'The full release of 2016 or 2021: objects, parts and scenes.',
    files: '*_seg.png, *_parts_1.png, *.json or *_atr.txt',
  },
  {
    name: 'Scene parsing',
    text: 'The 150 classes of the ADE20K scene parsing benchmark.',
    files: 'images/, annotations/, objectInfo150.txt',
  },
  {
    name: 'COCO',
    text: 'Instances, stuff and panoptic: polygons, run-length masks or label pictures. Pictures may lie anywhere.',
    files: 'instances_*.json, stuff_*.json, panoptic_*.json',
  },
  {
    name: 'Pascal VOC',
    text: 'Class masks; where there are none, boxes of objects and parts.',
    files: 'JPEGImages/, SegmentationClass/, Annotations/',
  },
  {
    name: 'Cityscapes',
    text: 'Fine or coarse annotations, with the split of each folder.',
    files: 'leftImg8bit/, gtFine/ or gtCoarse/',
  },
  {
    name: 'Pictures with masks',
    text: 'A PNG mask for each picture, of the same name; its numbers have their names in a file.',
    files: 'pictures/, masks/, names.csv or names.txt',
  },
  {
    name: 'Folders of classes',
    text: 'A folder for each class: the class is a concept of the whole picture.',
    files: 'dog/1.jpg, cat/2.jpg',
  },
  {
    name: 'Boxes',
    text: 'Pictures with a CSV table of boxes, as in Open Images, or with labels in the form of YOLO.',
    files: 'boxes.csv, or images/ and labels/',
  },
  {
    name: 'Sentence pairs',
    text: 'SNLI and MultiNLI; TSV and CSV, whose columns can be chosen; text already cut into words. Words, tags and overlap become concepts.',
    files: '*.jsonl, *.tsv, *.csv, *.txt, *.tok, *.feats',
  },
  {
    name: 'Tokenizer',
    text: 'How words become a model’s token ids, where its file does not say: a vocabulary, a word a line or as JSON, or Hugging Face’s file.',
    files: 'tokenizer.json, vocab.json, vocab.txt',
  },
  {
    name: 'Word vectors',
    text: 'A GloVe text file, for NEIGHBORS. Dropped alone it goes to the sentence pairs that are open; only the words in use are kept.',
    files: 'glove.6B.100d.txt',
  },
  {
    name: 'Table',
    text: 'Concepts of whole samples: uint8 or bool, [samples, concepts]. With vectors.txt, word vectors, NEIGHBORS is searched for concepts named side:word.',
    files: 'concepts.npy, concepts.csv',
  },
];

/** Exports a PyTorch model with a free batch. */
export const pytorchLines = `import torch, torchvision
model = torchvision.models.resnet18(weights='DEFAULT').eval()
torch.onnx.export(model, torch.zeros(1, 3, 224, 224), 'resnet18.onnx',
                  input_names=['image'], output_names=['scores'],
                  dynamic_axes={'image': {0: 'batch'}, 'scores': {0: 'batch'}},
                  dynamo=False)  # leave this line out before PyTorch 2.5`;

/** Exports a Keras model. */
export const kerasLines = `import tensorflow as tf, tf2onnx
model = tf.keras.applications.MobileNetV2()
tf2onnx.convert.from_keras(model, output_path='mobilenet.onnx')`;

/** Exports a PyTorch model of sentence pairs whose inputs are found by their names. */
export const pairLines = `import torch
model.eval()  # takes ids [pairs, tokens] and lengths [pairs] of each sentence
ids, lengths = torch.ones(2, 7, dtype=torch.int64), torch.tensor([7, 5])
names = ['premise_ids', 'premise_lengths', 'hypothesis_ids', 'hypothesis_lengths']
axes = {name: {0: 'pairs'} for name in [*names, 'scores']}
axes['premise_ids'][1], axes['hypothesis_ids'][1] = 'premise', 'hypothesis'
torch.onnx.export(model, (ids, lengths, ids, lengths), 'entailment.onnx',
                  input_names=names, output_names=['scores'], dynamic_axes=axes,
                  dynamo=False)  # leave this line out before PyTorch 2.5`;

/** Exports a model of Hugging Face with its tokenizer.json. */
export const huggingFaceLines = `pip install "optimum-onnx[onnxruntime]"
optimum-cli export onnx --task text-classification \\
  --model cross-encoder/nli-MiniLM2-L6-H768 nli/`;
