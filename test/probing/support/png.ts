import { crc32, deflateSync } from 'node:zlib';

const SIGNATURE = Uint8Array.of(137, 80, 78, 71, 13, 10, 26, 10);
const HEADER_END = 33;

/** A chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  bytes.set(new TextEncoder().encode(type), 4);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

/** A header chunk. */
export function pngHeader(width: number, height: number, depth: number, colorType: number): Uint8Array {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  data.set([depth, colorType], 8);
  return pngChunk('IHDR', data);
}

/** A PNG of the chunks given, and its end. */
export function pngOf(...chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([SIGNATURE, ...chunks, pngChunk('IEND', new Uint8Array(0))]));
}

/** The same PNG with another chunk right after the header. */
export function insertChunk(png: Uint8Array, type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([png.subarray(0, HEADER_END), pngChunk(type, data), png.subarray(HEADER_END)]));
}

/** A PNG with a palette. */
export function indexedPng(
  width: number,
  height: number,
  depth: number,
  indices: Uint8Array,
  palette: readonly (readonly number[])[],
): Uint8Array<ArrayBuffer> {
  const rowBytes = Math.ceil((width * depth) / 8);
  const raw = new Uint8Array(height * (1 + rowBytes));
  indices.forEach((index, pixel) => {
    const bit = (pixel % width) * depth;
    raw[Math.floor(pixel / width) * (1 + rowBytes) + 1 + (bit >> 3)] |= index << (8 - depth - (bit & 7));
  });
  const colors = pngChunk('PLTE', Uint8Array.from(palette.flat()));
  return pngOf(pngHeader(width, height, depth, 3), colors, pngChunk('IDAT', deflateSync(raw)));
}
