/** Makes room in a terminal for a line, where a bar may stand that changes in its place. */
export function clearBar(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
}
