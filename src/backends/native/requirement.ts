/** The name in a requirement: `nvidia-cudnn-cu12<10.0` is of `nvidia-cudnn-cu12`. */
export function distribution(requirement: string): string {
  return /^[\w.-]*\w/.exec(requirement)?.[0] ?? requirement;
}

/**
 * What a wheel's metadata requires for an extra: `and-cuda` has the CUDA libraries.
 *
 * @param metadata the text of the file METADATA
 * @returns requirements as pip takes them: `nvidia-cudnn-cu12<10.0,>=9.3.0.75`
 */
export function requirementsOf(metadata: string, extra: string): string[] {
  return metadata.split(/\r?\n/).flatMap((line) => {
    const [, requirement, marker = ''] = /^Requires-Dist:\s*([^;]+?)\s*;\s*(.*)$/.exec(line) ?? [];
    const wanted = /^extra\s*==\s*["']([^"']+)["']$/.exec(marker)?.[1];
    return requirement !== undefined && wanted === extra ? [requirement] : [];
  });
}
