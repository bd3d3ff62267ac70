/**
 * Frees the memory of an array that nobody needs any more, at once: the collector lets 50 MB of
 * such arrays pile up. The array is empty afterwards.
 *
 * A message that cannot be delivered takes what was transferred with it. (Node 20 lacks
 * `ArrayBuffer.prototype.transfer`, which would do the same.)
 */
export function release({ buffer }: Float32Array): void {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(undefined, [buffer as ArrayBuffer]);
  port1.close();
}
