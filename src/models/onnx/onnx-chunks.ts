import type { PbfWriter } from 'pbf';
import type { OnnxGraph, StoredTensor } from './onnx-graph.js';
import {
  fieldHead,
  writeNode,
  writeTensorHead,
  writeValue,
  written,
  type ElementType,
} from './proto.js';

/** Those of ONNX 1.12, of 2022: what reads ONNX today reads them. */
const irVersion = 8;
const operatorSet = 17;

/** Protocol Buffers count bytes in 31 bits. */
const longest = 2 ** 31 - 1;

const bytesOf: Readonly<Record<ElementType, number>> = { float32: 4, int64: 8 };

/**
 * The bytes of an ONNX file, tensor by tensor: all lengths are known before the first number is
 * read, so that no more than one tensor is in memory at a time.
 *
 * @throws Error if the file would be too large for the format.
 */
export async function* onnxChunks(graph: OnnxGraph): AsyncGenerator<Uint8Array> {
  const body = written((pbf) => {
    for (const node of graph.nodes) pbf.writeMessage(1, writeNode, node);
    pbf.writeStringField(2, graph.name);
    for (const input of graph.inputs) pbf.writeMessage(11, writeValue, input);
    for (const output of graph.outputs) pbf.writeMessage(12, writeValue, output);
  });
  const tensors = graph.tensors.map((tensor) => ({ tensor, head: tensorHead(tensor) }));
  const length = tensors.reduce(
    (total, { tensor, head }) => total + head.length + dataLength(tensor),
    body.length,
  );
  if (length > longest) {
    throw new Error(`it would have ${length} bytes, but an ONNX file can have at most ${longest}`);
  }

  yield written((pbf) => {
    pbf.writeVarintField(1, irVersion);
    pbf.writeStringField(2, 'inception-lab');
    pbf.writeMessage(8, writeOperatorSet, operatorSet);
  });
  yield fieldHead(7, length);
  yield body;
  for (const { tensor, head } of tensors) {
    yield head;
    const { buffer, byteOffset, byteLength } = await tensor.read();
    yield new Uint8Array(buffer, byteOffset, byteLength);
  }
}

/** `OperatorSetIdProto`, of the operators that have no domain of their own. */
function writeOperatorSet(version: number, pbf: PbfWriter): void {
  pbf.writeVarintField(2, version);
}

/** Everything of a graph's tensor that comes before its numbers. */
function tensorHead(tensor: StoredTensor): Uint8Array {
  const raw = dataLength(tensor);
  const head = written((pbf) => {
    writeTensorHead(tensor, pbf);
  });
  const rawHead = fieldHead(9, raw);
  return joined(fieldHead(5, head.length + rawHead.length + raw), head, rawHead);
}

function dataLength({ type, shape }: StoredTensor): number {
  return shape.reduce((product, size) => product * size, bytesOf[type]);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((total, { length }) => total + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
