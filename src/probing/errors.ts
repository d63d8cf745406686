import { faultTable } from '../engine/fault.ts';

const LAYOUTS =
  'Known are Broden, ADE20K, ADE20K scene parsing, COCO, Pascal VOC, Cityscapes, pictures with masks, pictures with boxes (CSV, YOLO), a ' +
  'folder a class, sentence pairs, and tables of concepts. Help says what each must hold (docs/formats.md).';

/**
 * Everything that can be wrong with a probing set or with dropped activations, in the words a person reads.
 * Rows of a CSV file are counted as a spreadsheet does: the header is row 1. Samples, units and concepts count from 0.
 */
export const probingFaults = faultTable('probing', {
  // Files, folders and zips
  unreadable: (file: string, reason: string) =>
    `${file} could not be read (${reason}). Check that it may be opened, then pick it again.`,
  changed: (file: string) => `${file} has changed since it was picked. Pick the folder or zip again.`,
  gone: (file: string) => `${file} is gone: it was moved or deleted since it was picked. Pick the folder or zip again.`,
  'not-found': (path: string) => `There is no folder or file ${path}. Check the path.`,
  'empty-tree': (tree: string) => `There are no files in ${tree}. ${LAYOUTS}`,
  'missing-file': (file: string, tree: string) => `${tree} has no file ${file}.`,
  'unknown-layout': (tree: string, found: string) =>
    `${tree} is no probing set that we know: it holds ${found}. ${LAYOUTS}`,
  'several-sets': (tree: string, folders: string) =>
    `${tree} holds several probing sets (${folders}). Drop one of these folders.`,
  'wrong-kind': (file: string, kind: string, wanted: string, remedy: string) =>
    `${file} is ${kind}, not ${wanted}. ${remedy}`,
  'unknown-kind': (file: string, wanted: string) =>
    `${file} is not ${wanted}: its first bytes belong to no format we know. Make or download it again.`,
  'not-a-zip': (file: string, reason: string) =>
    `${file} cannot be read as a zip archive: ${reason}. Make or download it again.`,
  'zip-ambiguous': (file: string) =>
    `${file} can be read in more than one way: its parts contradict each other. Unpack it with the program that made it and zip the folder again.`,
  'zip-unsafe-name': (file: string, entry: string) =>
    `${file} contains an entry named ${entry}, which is no plain path inside the archive. Zip the folder again.`,
  'zip-encrypted': (file: string, entry: string) =>
    `${file} is encrypted (${entry}). Unpack it with its password and drop the folder, or zip it without one.`,
  'zip-entry': (entry: string, file: string, reason: string) =>
    `${entry} in ${file} is damaged: ${reason}. Make or download the zip again.`,
  'zip-method': (entry: string, file: string) =>
    `${entry} in ${file} is packed by a method that is not read here. Zip the folder again with the usual one (deflate).`,
  'zip-overlap': (entry: string, other: string, file: string) =>
    `${file} is damaged: the entries ${entry} and ${other} share the same bytes. Make or download the zip again.`,

  // CSV
  'not-utf8': (file: string) => `${file} is not UTF-8 text. Save it again in UTF-8.`,
  'csv-empty': (file: string, columns: string) => `${file} is empty. Its first row must name the columns ${columns}.`,
  'no-rows': (file: string) => `${file} has a header but no rows.`,
  'missing-column': (file: string, column: string, found: string) =>
    `${file} has no column ${column}. Its first row reads ${found}; columns are separated by commas.`,
  'repeated-column': (file: string, column: string) => `${file} names the column ${column} twice in its first row.`,
  'field-count': (file: string, row: number, found: number, wanted: number) =>
    `${file}, row ${row}: ${fields(found)}, but the first row names ${wanted}. A field that contains a comma must stand in double quotes.`,
  quotes: (file: string, row: number) =>
    `${file}, row ${row}: a double quote is not closed or stands in the wrong place. Inside quotes write it twice.`,
  'not-a-number': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, column ${column}: "${found}" is not a whole number of 0 or more.`,
  'empty-field': (file: string, row: number, column: string) =>
    `${file}, row ${row}, column ${column}: the field is empty.`,

  // Broden
  'missing-table': (file: string, tree: string) =>
    `${tree} has no ${file}. Broden's layout needs index.csv, label.csv, category.csv and a folder images.`,
  'no-categories': (wanted: string, file: string, found: string) =>
    `None of the categories asked for (${wanted}) has data: those with data in ${file} are ${found}.`,
  'category-column': (file: string, category: string, found: string) =>
    `${file} has no column ${category}, which category.csv lists. Its first row reads ${found}.`,
  coverage: (file: string, row: number, found: string) =>
    `${file}, row ${row}, column coverage: "${found}" is not a number.`,
  'label-zero': (row: number) =>
    `label.csv, row ${row}: number 0 means nothing in Broden's layout and cannot be a label.`,
  'label-number': (row: number, number: number, most: number) =>
    `label.csv, row ${row}, column number: ${number} is too large; masks can hold numbers up to ${most}.`,
  'repeated-number': (file: string, row: number, number: number, first: number) =>
    `${file}, row ${row}: number ${number} is already used in row ${first}.`,
  'label-category': (row: number, found: string) =>
    `label.csv, row ${row}, column category: "${found}" is not a list such as object(5);part(3).`,
  'unknown-category': (row: number, category: string, known: string) =>
    `label.csv, row ${row}, column category: ${category} is not in category.csv, which lists ${known}.`,
  'too-many-concepts': (file: string, count: number, most: number) =>
    `${file} has ${count} concepts; at most ${most} can be told apart.`,
  'other-size': (file: string, row: number, found: string, first: string) =>
    `${file}, row ${row}: its masks are ${found} (sh x sw), but those of the first row are ${first}. All masks of a probing set must have one size.`,
  'mask-size-zero': (file: string, row: number) =>
    `${file}, row ${row}: sh and sw, the masks' height and width, must be at least 1.`,
  'no-data': (file: string, categories: string) =>
    `${file} has no row with data in the probed categories (${categories}), so there is nothing to probe.`,
  'missing-mask': (file: string, row: number, column: string, path: string, tree: string) =>
    `${file}, row ${row}, column ${column}: the mask ${path} is not in ${tree}.`,
  'missing-picture': (file: string, row: number, path: string, tree: string) =>
    `${file}, row ${row}, column image: the picture ${path} is not in ${tree}.`,
  'unknown-label': (file: string, row: number, column: string, number: number) =>
    `${file}, row ${row}, column ${column}: label ${number} is not in label.csv.`,
  'unprobed-label': (where: string, number: number, name: string, categories: string) =>
    `${where}: label ${number} (${name}) belongs to no probed category; label.csv lists it under ${categories}.`,
  'unknown-pixel': (file: string, x: number, y: number, number: number, most: number) =>
    `${file}, pixel x ${x}, y ${y}: label ${number} (red + 256 x green) is not in label.csv, whose largest number is ${most}.`,
  'mask-size': (file: string, found: string, index: string, wanted: string) =>
    `${file} is ${found} pixels (height x width), but ${index} says ${wanted}.`,

  // Annotated pictures
  'no-chosen-categories': (wanted: string, title: string, found: string) =>
    `${title} has none of the categories asked for (${wanted || 'no names'}). It has ${found}.`,
  'no-chosen-splits': (wanted: string, title: string, found: string) =>
    `${title} has none of the splits asked for (${wanted || 'no names'}). It has ${found}.`,
  'no-samples': (title: string, layout: string) =>
    `${title} (${layout}) has no picture with an annotation, so there is nothing to probe. Check that both belong together.`,
  'no-concepts': (title: string, categories: string) =>
    `${title} lists no concept in the probed categories (${categories}), so there is nothing to probe.`,
  'no-pixels': (name: string) => `${name} has no picture, or none that can be decoded here.`,
  'sizes-differ': (annotation: string, found: string, picture: string, wanted: string) =>
    `The annotation in ${annotation} is ${found} pixels (height x width), but the picture ${picture} is ${wanted}: their proportions differ. Take both from the same release; scale them if you like, but do not crop or turn them.`,
  'scene-line': (file: string, line: number) =>
    `${file}, line ${line}: the name of a picture and its scene are wanted, separated by a space.`,

  // Pictures with masks
  'names-twice': (file: string, number: number, first: string, second: string) =>
    `${file} gives number ${number} two names, "${first}" and "${second}". Each number needs one.`,
  'names-empty': (file: string) => `${file} names no label. It must hold a name a line, in a table, or as JSON.`,
  'names-number': (file: string, number: number, most: number) =>
    `${file} names label ${number}; masks can hold numbers up to ${most}.`,
  'names-json': (file: string) =>
    `${file} is not a JSON list or object of names, such as {"1": "water", "2": "sky"}. Correct it, or list the names in names.txt.`,
  'names-entry': (file: string, where: string) =>
    `${file}, ${where}: a number and a name are wanted, such as "1": "water".`,
  'mask-unnamed': (file: string, x: number, y: number, number: number, names: string) =>
    `${file}, pixel x ${x}, y ${y}: label ${number} has no name in ${names}. Add it there, or 0 for nothing to the mask.`,
  'mask-number': (file: string, x: number, y: number, number: number, most: number) =>
    `${file}, pixel x ${x}, y ${y}: label ${number} is above ${most}. List the labels with their names in names.txt.`,
  'masks-differ': (file: string, found: string, other: string, otherFound: string) =>
    `${file} is ${found} pixels (height x width), but ${other} is ${otherFound}. All masks of a picture must have one size.`,

  // Boxes
  'box-number': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, column ${column}: "${found}" is not a number.`,
  'box-empty': (file: string, row: number, found: string) =>
    `${file}, row ${row}: the box ${found} has no width or no height.`,
  'box-outside': (file: string, row: number, picture: string, size: string) =>
    `${file}, row ${row}: the box lies outside of the picture ${picture}, which is ${size} pixels (width x height).`,
  'box-relative': (file: string, row: number, found: string) =>
    `${file}, row ${row}: the box ${found} is not within 0 and 1, as parts of the picture's width and height must be.`,
  'box-no-pictures': (file: string, first: string, tree: string) =>
    `None of the pictures that ${file} names (${first}, ...) is in ${tree}. Put the pictures into the folder, under the same names.`,
  'box-two-pictures': (file: string, row: number, name: string, one: string, other: string) =>
    `${file}, row ${row}: ${name} may be ${one} or ${other}. Write the path of the picture.`,
  'box-unsized': (picture: string) =>
    `${picture}: its header does not tell its size, which the boxes need. Give columns width and height, or save it as JPEG or PNG.`,
  'yolo-line': (file: string, line: number) =>
    `${file}, line ${line}: the number of a class and four numbers from 0 to 1 (centre x, centre y, width, height) are wanted.`,
  'yolo-class': (file: string, line: number, number: number, names: string, count: number) =>
    `${file}, line ${line}: class ${number} is not in ${names}, which names ${count}, counted from 0.`,
  'yolo-names': (file: string) => `${file} has no list of class names (names: [...] or a line each).`,

  'unlisted-pixel': (file: string, x: number, y: number, number: number, table: string) =>
    `${file}, pixel x ${x}, y ${y}: the number ${number} is not in ${table}. Take both from the same release.`,
  'class-number': (file: string, line: number, found: string, most: number) =>
    `${file}, line ${line}: "${found}" is no number of a class. Whole numbers from 1 to ${most} are.`,

  // ADE20K, scene parsing
  'no-object-info': (tree: string) =>
    `${tree} has pictures and masks of ADE20K scene parsing, but not the table of their classes. Add objectInfo150.txt of ADEChallengeData2016, which lies beside the folders images and annotations.`,
  'object-info': (file: string) =>
    `${file} is no table of classes: its first line must name the columns Idx and Name, separated by tabs, and classes must follow.`,
  'object-info-line': (file: string, line: number, found: number, wanted: number) =>
    `${file}, line ${line}: ${fields(found)} separated by tabs, but the first line names ${wanted}, and a class must have a name.`,

  // ADE20K, full release
  'ade-missing': (file: string, of: string, tree: string) =>
    `${file} is missing beside ${of} in ${tree}. Every annotated picture of ADE20K needs it; unpack the release again.`,
  'ade-no-names': (mask: string) =>
    `${mask} has neither a .json nor an _atr.txt beside it, which name its classes. index_ade20k.mat is not read; take these files from the release.`,
  'ade-json': (file: string) =>
    `${file} is no annotation of ADE20K: JSON with annotation.object is wanted. Unpack the release again.`,
  'ade-entry': (file: string, entry: number, most: number) =>
    `${file}, annotation.object[${entry}]: name, name_ndx (1 to ${most}) and parts.part_level (0 or more) are wanted.`,
  'ade-line': (file: string, line: number) =>
    `${file}, line ${line}: instance, part level, occluded, class names, raw name and attributes are wanted, separated by #.`,
  'ade-instance': (file: string, x: number, y: number, instance: number, level: number, names: string) =>
    `${file}, pixel x ${x}, y ${y}: this is instance ${instance} of part level ${level}, which is not in ${names}. Take both from the same release.`,

  // Pascal VOC
  'voc-xml': (file: string, line: number) => `${file}, line ${line}: this is no XML. Make or download the file again.`,
  'voc-cut-off': (file: string) => `${file} is cut off: not all of its XML tags are closed. Make or download it again.`,
  'voc-size': (file: string) =>
    `${file} does not say how large its picture is: annotation.size with width and height, 1 or more, is wanted.`,
  'voc-box': (file: string, where: string) =>
    `${file}, ${where}: a name and a bndbox with xmin, ymin, xmax and ymax are wanted, the box within the picture.`,
  'voc-pixel': (file: string, x: number, y: number, number: number) =>
    `${file}, pixel x ${x}, y ${y}: ${number} is no class of Pascal VOC. Masks in SegmentationClass hold 0 to 20, and 255 for borders.`,

  // Cityscapes
  'cityscapes-pixel': (file: string, x: number, y: number, number: number) =>
    `${file}, pixel x ${x}, y ${y}: ${number} is no class of Cityscapes. Masks named labelIds hold 0 to 33, those named labelTrainIds 0 to 18, and 255 for nothing.`,

  // PNG
  'png-truncated': (file: string) => `${file} is cut off: its last part is missing. Make or download it again.`,
  'png-damaged': (file: string, reason: string) => `${file} is a damaged PNG (${reason}). Make or download it again.`,
  'png-too-large': (file: string, width: number, height: number) =>
    `${file} claims ${width} x ${height} pixels. Masks may have at most 16,384 pixels a side and 64 million in all.`,
  'png-depth': (file: string, found: string) =>
    `${file} is a ${found} PNG. Masks must have 8 bits a channel (gray: 8 or 16), or a palette.`,
  'png-colors': (file: string) =>
    `${file} is a PNG of colors. Its pixels must be numbers: a gray PNG, or one with a palette.`,

  // NumPy
  'npy-truncated': (file: string, found: number, wanted: number) =>
    `${file} is cut off: its header asks for ${wanted} bytes, and it has ${found}. Save or download it again.`,
  'npy-too-long': (file: string, found: number, wanted: number) =>
    `${file} is longer than its header says: ${found} bytes instead of ${wanted}. Save it again with numpy.save.`,
  'npy-version': (file: string, version: string) =>
    `${file} has version ${version} of the .npy form; 1.0, 2.0 and 3.0 are known.`,
  'npy-header': (file: string, problem: string) =>
    `${file} has a damaged header: ${problem}. Save it again with numpy.save.`,
  'npy-type': (file: string, found: string, wanted: string) =>
    `${file} holds ${found} values; ${wanted} is wanted. Convert them in Python with .astype and save again.`,
  'npy-fortran': (file: string) =>
    `${file} is in Fortran order. Save it in C order, in Python: numpy.save(name, numpy.ascontiguousarray(array)).`,
  'npy-shape': (file: string, found: string, wanted: string) => `${file} has shape ${found}; ${wanted} is wanted.`,
  'npy-too-large': (file: string, shape: string) =>
    `${file} has shape ${shape}, which is more than fits into memory here.`,
  'npy-not-finite': (file: string, value: string, where: string) =>
    `${file} contains ${value} at ${where}. Only finite numbers can be used.`,
  'npy-range': (file: string, from: number, count: number, samples: number) =>
    `${file} has ${samples} samples; samples ${from} to ${from + count - 1} were asked for.`,

  // Table
  'not-binary': (sample: number, concept: number, value: number) =>
    `concepts.npy, sample ${sample}, concept ${concept}: the value is ${value}, but only 0 and 1 are allowed.`,
  'concept-count': (rows: number, columns: number) =>
    `concepts.csv lists ${rows} concepts, but concepts.npy has ${columns} columns. They must match one to one, in order.`,
  'not-ascending': (row: number, number: number, before: number) =>
    `concepts.csv, row ${row}: number ${number} comes after ${before}. List the columns of concepts.npy in their order, with ascending numbers.`,
  'sample-count': (rows: number, samples: number) =>
    `samples.csv lists ${rows} samples, but concepts.npy has ${samples} rows. They must match one to one, in order.`,

  // Word vectors
  'vector-length': (file: string, line: number, word: string, found: number, wanted: number) =>
    `${file}, line ${line}: the word "${word}" has ${found} values, but the first one has ${wanted}.`,
  'vector-value': (file: string, line: number, word: string, found: string) =>
    `${file}, line ${line}: the word "${word}" has the value "${found}", which is not a number.`,
  'vector-line': (file: string, line: number) =>
    `${file}, line ${line}: a word followed by its numbers, separated by spaces, is wanted.`,
  'no-vectors': (file: string) => `${file} is empty. Each line must hold a word and its numbers, separated by spaces.`,
  'word-table': () =>
    'The word vectors that come with Formulens are damaged. Load the page again, or drop a GloVe text file with the pairs.',

  // COCO
  'coco-json': (file: string, byte: number) =>
    `${file} is no valid JSON: what stands at byte ${byte} does not belong there. Make or download it again.`,
  'coco-json-cut': (file: string, bytes: number) =>
    `${file} is cut off: its JSON does not end after ${bytes} bytes. Make or download it again.`,
  'coco-entry': (file: string, where: string, found: string) => `${file}, ${where}: ${found} is no object with fields.`,
  'coco-field': (file: string, where: string, field: string, found: string, wanted: string) =>
    `${file}, ${where}, ${field}: ${found} is found where ${wanted} is wanted.`,
  'coco-repeated-id': (file: string, where: string, id: string, first: string) =>
    `${file}, ${where}, id: ${id} is already used in ${first}.`,
  'coco-unknown-id': (file: string, where: string, field: string, id: string, list: string) =>
    `${file}, ${where}, ${field}: ${id} is not the id of any of ${list}.`,
  'coco-polygon': (file: string, where: string, field: string, count: number) =>
    `${file}, ${where}, ${field}: a polygon has x and y by turns, of at least three corners; this one has ${count} numbers.`,
  'coco-far': (file: string, where: string, field: string, value: number, most: number) =>
    `${file}, ${where}, ${field}: ${value} lies too far outside the picture; coordinates may be up to ${most}.`,
  'coco-run-sum': (file: string, where: string, sum: number, height: number, width: number) =>
    `${file}, ${where}, segmentation.counts: the runs make ${sum} pixels, but size says ${height} x ${width} (height x width), which makes ${height * width}.`,
  'coco-mask-size': (file: string, where: string, found: string, wanted: string) =>
    `${file}, ${where}, segmentation.size: the mask is ${found} pixels (height x width), but its picture is ${wanted}.`,
  'coco-two-maps': (file: string, where: string, image: string) =>
    `${file}, ${where}: picture ${image} has segments already. A picture has one entry with segments_info.`,
  'coco-no-maps': (file: string, folder: string) =>
    `None of the label maps that ${file} names is there. Put the folder ${folder} with its PNGs (unpacked, if it is a zip) beside it.`,
  'coco-png-size': (file: string, found: string, json: string, wanted: string) =>
    `${file} is ${found} pixels (height x width), but ${json} says ${wanted}.`,
  'coco-segment': (file: string, x: number, y: number, number: number, json: string) =>
    `${file}, pixel x ${x}, y ${y}: segment ${number} (red + 256 x green + 65,536 x blue) is not in its segments_info in ${json}.`,
  'coco-label': (file: string, x: number, y: number, value: number, coding: string) =>
    `${file}, pixel x ${x}, y ${y}: ${value} stands for no label of COCO-Stuff. In this kind of label map a pixel is ${coding}.`,
  'coco-sizes': (picture: string, file: string, size: string, other: string, otherSize: string) =>
    `${picture} is ${size} pixels (height x width) in ${file}, but ${otherSize} in ${other}.`,
  'coco-nothing': (tree: string) =>
    `${tree} has no COCO annotations: none of its files lists regions with polygons, masks, boxes or segments.`,

  // Activations
  'npz-no-arrays': (file: string) =>
    `${file} is a zip archive without a NumPy array. Activations are read from archives made by numpy.savez; save a tensor of PyTorch as .npy or .safetensors.`,
  'npz-arrays': (file: string, names: string) =>
    `${file} holds the arrays ${names}, none of them named activations. Save it with numpy.savez(name, activations=array).`,
  'safetensors-header': (file: string, problem: string) =>
    `${file} has a damaged header: ${problem}. Save it again with safetensors.`,
  'safetensors-type': (file: string, tensor: string, found: string) =>
    `${file}, tensor ${tensor}: its values are ${found}; F16, BF16, F32 or F64 is wanted. Convert the tensor and save again.`,
  'safetensors-tensors': (file: string, names: readonly string[]) =>
    names.length === 0
      ? `${file} has no tensor in it. Save one named activations.`
      : `${file} has the tensors ${names.slice(0, 8).join(', ')}${names.length > 8 ? ` and ${names.length - 8} more` : ''}; none is named activations. Name it so, or save it alone.`,
  'parquet-damaged': (file: string, reason: string) =>
    `${file} is damaged, or written in a way that is not read here (${reason}). Write it again.`,
  'parquet-columns': (file: string, found: string) =>
    `${file} has the columns ${found}. Activations stand in a column activations, or in columns unit_0, unit_1 and so on; a row is a sample.`,
  'parquet-shape': (file: string, found: string) =>
    `${file} has ${found} under the key shape of its metadata; [units, height, width], whole numbers of at least 1, is wanted.`,
  'parquet-length': (file: string, row: number, found: number, wanted: number) =>
    `${file}, row ${row}, column activations: it has ${found} values, not ${wanted}. All rows have as many as the shape says, or as the first row.`,
  'parquet-value': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, column ${column}: ${found} is found where a number is wanted.`,
  'parquet-sample': (file: string, row: number, found: string, samples: number) =>
    `${file}, row ${row}, column sample: ${found} is out of place. Each of the samples 0 to ${samples - 1} has one row.`,
  'parquet-empty': (file: string) => `${file} has no rows, so it holds no activations.`,
  'parquet-group': (file: string, found: number, most: number) =>
    `${file} has a row group of ${found} MB, and groups are read whole; at most ${most} MB is read. Write it with fewer rows in a group.`,

  // Sentence pairs
  'pair-empty': (file: string) => `${file} is empty (0 bytes), so it holds no sentence pairs.`,
  'pair-none': (file: string) =>
    `${file} holds no sentence pairs. Wanted are rows with a premise and a hypothesis; Help says how they may be written (docs/formats.md).`,
  'pair-none-left': (file: string, first: string) =>
    `${file} holds no pair of two sentences: in every row one is empty (first: ${first}). Check that the columns are the right ones.`,
  'pair-most': (file: string, most: number) =>
    `${file} holds more than ${most.toLocaleString('en')} sentence pairs, the most that can be probed. Keep a part of them; the paper takes 10,000.`,
  'pair-columns': (file: string, missing: string, found: string) =>
    `${file} has no column known as ${missing}. Its columns are ${found}. Choose the columns, or name them premise, hypothesis and gold_label.`,
  'pair-chosen-column': (file: string, column: string, found: string) =>
    `${file} has no column ${column}. Its columns are ${found}. Choose one of these.`,
  'pair-one-column': (file: string) =>
    `${file} has one column only. Premise and hypothesis must be separated by a tab in .tsv and .txt files, by a comma in .csv files.`,
  'pair-fields': (file: string, row: number, found: number, wanted: number) =>
    `${file}, row ${row}: ${fields(found)}, but the table has ${wanted} columns. ${found < wanted ? 'Complete the row or take it out.' : 'A tab or comma inside a sentence cuts it in two; replace it by a space, or in .csv files put the sentence in double quotes.'}`,
  'pair-label': (file: string, where: string, column: string, found: string, accepted: string) =>
    `${file}, ${where}, column ${column}: "${found}" is no label that is known. Accepted are ${accepted}. Correct it, or choose another column for gold labels, or none.`,
  'pair-json': (file: string, row: number) =>
    `${file}, row ${row}: this line is no JSON object. JSON lines hold an object a line, such as {"premise": "...", "hypothesis": "...", "label": "neutral"}.`,
  'pair-not-text': (file: string, row: number, column: string, found: string) =>
    `${file}, row ${row}, field ${column}: ${found} is found where a sentence is wanted, as text.`,
  'pair-long': (file: string, where: string, column: string, found: number, most: number) =>
    `${file}, ${where}, column ${column}: the sentence has ${found.toLocaleString('en')} characters; at most ${most.toLocaleString('en')} are read. Shorten it or take the row out.`,
  'pair-line': (file: string, line: number, most: number) =>
    `${file}, line ${line}: the line is longer than ${most.toLocaleString('en')} characters, so it is no row of sentence pairs. Check that the file has a pair a line.`,
  'pair-csv-size': (file: string, most: number) =>
    `${file} is larger than ${most} MB, the most that is read of a CSV file. Save it as tab-separated .tsv or as JSON lines, which are read bit by bit.`,
  'pair-odd': (file: string, lines: number) =>
    `${file} has ${counted(lines, 'line')} with sentences, an odd number. Lines must be premise and hypothesis by turns.`,
  'pair-feats-header': (file: string) =>
    `${file}, line 1: the fields of every word are wanted, such as lemma;open|tag;closed.`,
  'pair-feats-word': (file: string, line: number, word: string, found: number, wanted: number) =>
    `${file}, line ${line}: the word ${word} has ${fields(found)}, but line 1 asks for ${wanted}, the word itself first, separated by |.`,
  'pair-label-columns': (file: string, found: string) =>
    `${file} lies beside sentences without labels but has no column of labels, such as gt and pred. Its columns are ${found}. Name them so, or take the file away.`,
  'pair-label-rows': (file: string, rows: number, sentences: string, pairs: number) =>
    `${file} has ${counted(rows, 'row')} of labels, but ${sentences} has ${counted(pairs, 'pair')}. They must match one to one, in order.`,
});

function counted(count: number, what: string): string {
  return count === 1 ? `1 ${what}` : `${count.toLocaleString('en')} ${what}s`;
}

function fields(count: number): string {
  return count === 1 ? '1 field' : `${count} fields`;
}
