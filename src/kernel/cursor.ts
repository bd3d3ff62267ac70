// Jupyter counts Unicode characters, JavaScript UTF-16 code units.

export function unitsBefore(code: string, characters: number): number {
  return Array.from(code).slice(0, characters).join('').length;
}

export function charactersBefore(code: string, units: number): number {
  return Array.from(code.slice(0, units)).length;
}
