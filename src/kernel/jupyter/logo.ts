/** A block of Inception: what comes in, four branches of which one goes on, and their concatenation. */
const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">
  <rect width="64" height="64" rx="12" fill="#3178c6"/>
  <g fill="none" stroke="#ffffff" stroke-opacity="0.75" stroke-width="2.5">
    <path d="M32 51 12 37V16M32 51 25 37V16M32 51 39 37V16M32 51 52 37V16"/>
  </g>
  <g fill="#ffffff">
    <rect x="8" y="9" width="48" height="7" rx="2"/>
    <circle cx="32" cy="51" r="5"/>
    <rect x="8" y="33" width="8" height="8" rx="2"/>
    <rect x="21" y="33" width="8" height="8" rx="2"/>
    <rect x="35" y="33" width="8" height="8" rx="2"/>
    <rect x="48" y="33" width="8" height="8" rx="2"/>
    <rect x="35" y="21" width="8" height="8" rx="2" fill="#f6c445"/>
    <rect x="48" y="21" width="8" height="8" rx="2" fill="#f6c445"/>
  </g>
</svg>
`;

/** The kernel's picture in a front end's launcher, by the names that Jupyter looks for. */
export async function logoFiles(): Promise<Record<string, string | Buffer>> {
  // Not imported above: only an installation needs it.
  const { default: sharp } = await import('sharp');
  const png = (size: number) =>
    sharp(Buffer.from(svg), { density: 288 }).resize(size, size).png().toBuffer();
  return {
    'logo-svg.svg': svg,
    'logo-32x32.png': await png(32),
    'logo-64x64.png': await png(64),
  };
}
