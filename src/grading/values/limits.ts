/** What may cross from an answer to its check, and back. */
export const limits = {
  /** Arrays in arrays. */
  depth: 16,
  /** Numbers, texts, arrays and objects in all, those in tensors aside. */
  values: 3_000_000,
  /** Bytes of a message. */
  bytes: 256 * 1024 * 1024,
  /** Characters of what an error says. */
  message: 2000,
  /** Weights of a model that is rebuilt: twice those of the largest network of the paper. */
  weights: 120_000_000,
} as const;
