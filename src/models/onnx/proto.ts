import { PbfWriter } from 'pbf';

/**
 * ONNX's messages, as far as we write them, with the field numbers of `onnx.proto`
 * (github.com/onnx/onnx, onnx/onnx.proto).
 */

/** Of `TensorProto.DataType`. */
const elementTypes = { float32: 1, int64: 7 } as const;

export type ElementType = keyof typeof elementTypes;

/** The types of attributes that our nodes have. */
export type Attributes = Readonly<Record<string, Attribute>>;
export type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly text: string };

/** `NodeProto` */
export interface OnnxNode {
  readonly name: string;
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Attributes;
}

/** `ValueInfoProto`: an input or an output of the graph; sizes that have a name are open. */
export interface OnnxValue {
  readonly name: string;
  readonly shape: readonly (number | string)[];
}

/** `TensorProto`, before its numbers. */
export interface OnnxTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

export function writeNode(node: OnnxNode, pbf: PbfWriter): void {
  for (const input of node.inputs) pbf.writeStringField(1, input);
  pbf.writeStringField(2, node.output);
  pbf.writeStringField(3, node.name);
  pbf.writeStringField(4, node.operator);
  for (const entry of Object.entries(node.attributes)) pbf.writeMessage(5, writeAttribute, entry);
}

/** `AttributeProto`; field 20 is its type. */
function writeAttribute([name, value]: [string, Attribute], pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  if ('float' in value) {
    pbf.writeFloatField(2, value.float);
    pbf.writeVarintField(20, 1);
  } else if ('int' in value) {
    pbf.writeVarintField(3, value.int);
    pbf.writeVarintField(20, 2);
  } else if ('text' in value) {
    pbf.writeBytesField(4, new TextEncoder().encode(value.text));
    pbf.writeVarintField(20, 3);
  } else {
    for (const number of value.ints) pbf.writeVarintField(8, number);
    pbf.writeVarintField(20, 7);
  }
}

export function writeValue({ name, shape }: OnnxValue, pbf: PbfWriter): void {
  pbf.writeStringField(1, name);
  pbf.writeMessage(2, writeType, shape);
}

/** `TypeProto` with a `TypeProto.Tensor` of float32. */
function writeType(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  pbf.writeMessage(
    1,
    (sizes, tensor) => {
      tensor.writeVarintField(1, elementTypes.float32);
      tensor.writeMessage(2, writeShape, sizes);
    },
    shape,
  );
}

/** `TensorShapeProto` */
function writeShape(shape: OnnxValue['shape'], pbf: PbfWriter): void {
  for (const size of shape) pbf.writeMessage(1, writeSize, size);
}

function writeSize(size: number | string, pbf: PbfWriter): void {
  if (typeof size === 'number') pbf.writeVarintField(1, size);
  else pbf.writeStringField(2, size);
}

/** All of a `TensorProto` but its `raw_data`, which is field 9. */
export function writeTensorHead({ name, type, shape }: OnnxTensor, pbf: PbfWriter): void {
  for (const size of shape) pbf.writeVarintField(1, size);
  pbf.writeVarintField(2, elementTypes[type]);
  pbf.writeStringField(8, name);
}

/** The tag and the length of a field whose bytes follow. */
export function fieldHead(field: number, length: number): Uint8Array {
  return written((pbf) => {
    pbf.writeTag(field, 2);
    pbf.writeVarint(length);
  });
}

/** The bytes that somebody writes. */
export function written(write: (pbf: PbfWriter) => void): Uint8Array {
  const pbf = new PbfWriter();
  write(pbf);
  return pbf.finish();
}
