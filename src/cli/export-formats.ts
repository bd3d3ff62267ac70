/** What `export` writes for. */
export const formats = ['onnx', 'timm'] as const;

export type Format = (typeof formats)[number];
