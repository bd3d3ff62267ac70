/** A safetensors file put together byte by byte, right or wrong: nothing is checked here. */
export function safetensorsBytes(
  header: string | Uint8Array | object,
  data: Uint8Array | readonly number[] = [],
  headerLength?: number | bigint,
): Buffer {
  const json =
    header instanceof Uint8Array || typeof header === 'string' ? header : JSON.stringify(header);
  const text = Buffer.from(json as string);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(headerLength ?? text.length));
  return Buffer.concat([length, text, Buffer.from(data)]);
}

/** The entry of one tensor, as a header has it. */
export function entry(
  dtype: string,
  shape: readonly number[],
  begin: number,
  end: number,
): { dtype: string; shape: readonly number[]; data_offsets: [number, number] } {
  return { dtype, shape, data_offsets: [begin, end] };
}
