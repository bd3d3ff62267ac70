import { PbfReader } from 'pbf';

/** What the tests look at of an ONNX file; field numbers as in ONNX's own onnx.proto. */
export interface OnnxFile {
  readonly irVersion: number;
  readonly operatorSet: number;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly nodes: OnnxNode[];
  /** By their names; int64 as numbers. */
  readonly tensors: Map<string, { shape: number[]; values: number[] }>;
}

export interface OnnxNode {
  name: string;
  operator: string;
  inputs: string[];
  outputs: string[];
  attributes: Record<string, number | number[] | string>;
}

export function readOnnx(bytes: Uint8Array): OnnxFile {
  const file = { irVersion: 0, operatorSet: 0, nodes: [], inputs: [], outputs: [] };
  return new PbfReader(bytes).readFields(
    (tag, model: { -readonly [Key in keyof OnnxFile]: OnnxFile[Key] }, pbf) => {
      if (tag === 1) model.irVersion = pbf.readVarint();
      if (tag === 7) pbf.readMessage(readGraphField, model);
      if (tag === 8) {
        pbf.readMessage((field, _, set) => {
          if (field === 2) model.operatorSet = set.readVarint();
        }, undefined);
      }
    },
    { ...file, tensors: new Map() },
  );
}

function readGraphField(tag: number, graph: OnnxFile, pbf: PbfReader): void {
  if (tag === 1) graph.nodes.push(readNode(pbf));
  if (tag === 5) {
    const { name, ...tensor } = readTensor(pbf);
    graph.tensors.set(name, tensor);
  }
  if (tag === 11) graph.inputs.push(readName(pbf));
  if (tag === 12) graph.outputs.push(readName(pbf));
}

function readNode(pbf: PbfReader): OnnxNode {
  return pbf.readMessage(
    (tag, node: OnnxNode) => {
      if (tag === 1) node.inputs.push(pbf.readString());
      if (tag === 2) node.outputs.push(pbf.readString());
      if (tag === 3) node.name = pbf.readString();
      if (tag === 4) node.operator = pbf.readString();
      if (tag === 5) Object.assign(node.attributes, readAttribute(pbf));
    },
    { name: '', operator: '', inputs: [], outputs: [], attributes: {} },
  );
}

function readAttribute(pbf: PbfReader): OnnxNode['attributes'] {
  let name = '';
  let value: number | string | undefined;
  const list: number[] = [];
  pbf.readMessage((tag) => {
    if (tag === 1) name = pbf.readString();
    if (tag === 2) value = pbf.readFloat();
    if (tag === 3) value = pbf.readVarint(true);
    if (tag === 4) value = pbf.readString();
    if (tag === 8) list.push(pbf.readVarint(true));
  }, undefined);
  return { [name]: value ?? list };
}

function readTensor(pbf: PbfReader): { name: string; shape: number[]; values: number[] } {
  const tensor = { name: '', shape: [] as number[], values: [] as number[] };
  let type = 0;
  return pbf.readMessage((tag, result: typeof tensor) => {
    if (tag === 1) result.shape.push(pbf.readVarint());
    if (tag === 2) type = pbf.readVarint();
    if (tag === 8) result.name = pbf.readString();
    if (tag === 9) {
      // A copy, since the bytes may stand anywhere.
      const { buffer } = new Uint8Array(pbf.readBytes());
      result.values =
        type === 7
          ? Array.from(new BigInt64Array(buffer), Number)
          : Array.from(new Float32Array(buffer));
    }
  }, tensor);
}

function readName(pbf: PbfReader): string {
  let name = '';
  pbf.readMessage((tag) => {
    if (tag === 1) name = pbf.readString();
  }, undefined);
  return name;
}
