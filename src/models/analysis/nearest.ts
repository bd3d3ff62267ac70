import { requireWhole } from './require-option.js';

export interface Neighbour {
  /** Its place among the embeddings. */
  readonly index: number;
  /** The cosine of the angle to the query, from −1 to 1. */
  readonly similarity: number;
}

/**
 * The embeddings that point most nearly the way of a query, by the cosine of the angle between them.
 * A query that is one of them finds itself first.
 *
 * @param query as many numbers as an embedding
 * @param count how many are wanted; of fewer, all come. Default: 5
 * @returns the nearest first
 * @throws Error if there are no embeddings, if their lengths differ, or if one is zero or no number.
 */
export function nearest(
  embeddings: readonly (readonly number[])[],
  query: readonly number[],
  count = 5,
): Neighbour[] {
  requireWhole('count', count, 1);
  if (embeddings.length === 0) {
    throw new Error('There are no embeddings to search. Give those of at least one image.');
  }
  const direction = unit(query, 'The query');
  return embeddings
    .map((embedding, index) => {
      if (embedding.length !== query.length) {
        throw new Error(
          `Embedding ${index} has ${embedding.length} numbers, but the query has ${query.length}. ` +
            'Give embeddings of one layer.',
        );
      }
      const other = unit(embedding, `Embedding ${index}`);
      return { index, similarity: clampCosine(dot(direction, other)) };
    })
    .sort((a, b) => b.similarity - a.similarity)
    .slice(0, count);
}

function unit(vector: readonly number[], what: string): number[] {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0 && Number.isFinite(length)) return vector.map((value) => value / length);
  throw new Error(
    `${what} points nowhere: its length is ${length}. Leave it out, or use another layer.`,
  );
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/** Rounding may lead a little beyond. */
function clampCosine(cosine: number): number {
  return Math.min(1, Math.max(-1, cosine));
}
