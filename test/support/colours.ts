/** Red, green and blue, each 0–255. */
export type Rgb = readonly [red: number, green: number, blue: number];
type Vector = readonly [number, number, number];

/**
 * What dichromats see of linear RGB: the matrices for severity 1.0 of G. M. Machado, M. M.
 * Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color Vision
 * Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (6), 2009.
 */
export const sights: Readonly<Record<string, readonly [Vector, Vector, Vector]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

export function parseHex(hex: string): Rgb {
  return [1, 3, 5].map((start) => parseInt(hex.slice(start, start + 2), 16)) as unknown as Rgb;
}

/** Linear RGB, 0–1, as somebody with this sight sees it. */
export function seen(colour: Rgb, sight: string): Vector {
  const linear = colour.map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return sights[sight]!.map((row) =>
    Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, i) => sum + weight * linear[i]!, 0),
      ),
    ),
  ) as unknown as Vector;
}

/** WCAG's contrast ratio. */
export function contrastOf(one: Rgb, other: Rgb): number {
  const [a, b] = [one, other].map((colour) => {
    const [red, green, blue] = seen(colour, 'normal');
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05;
  });
  return Math.max(a! / b!, b! / a!);
}

/** CIE L*a*b* of linear RGB, with sRGB's primaries and white. */
export function lab([red, green, blue]: Vector): Vector {
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f((0.4124564 * red + 0.3575761 * green + 0.1804375 * blue) / 0.95047);
  const y = f(0.2126729 * red + 0.7151522 * green + 0.072175 * blue);
  const z = f((0.0193339 * red + 0.119192 * green + 0.9503041 * blue) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const degree = Math.PI / 180;

/** The colour difference CIEDE2000 of two colours in L*a*b* (ISO/CIE 11664-6). */
export function ciede2000([l1, a1, b1]: Vector, [l2, a2, b2]: Vector): number {
  const seventh = (chroma: number) => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
  const stretch = 1.5 - 0.5 * seventh((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2);
  const polar = (a: number, b: number) => ({
    chroma: Math.hypot(a * stretch, b),
    hue: (Math.atan2(b, a * stretch) / degree + 360) % 360,
  });
  const [one, two] = [polar(a1, b1), polar(a2, b2)];
  const isGrey = one.chroma * two.chroma === 0;
  const turn = isGrey ? 0 : ((two.hue - one.hue + 540) % 360) - 180;
  const hue = isGrey ? one.hue + two.hue : (one.hue + turn / 2 + 360) % 360;
  const chroma = (one.chroma + two.chroma) / 2;
  const lightness = (l1 + l2) / 2 - 50;
  const cosine = (degrees: number) => Math.cos(degrees * degree);
  const t =
    1 -
    0.17 * cosine(hue - 30) +
    0.24 * cosine(2 * hue) +
    0.32 * cosine(3 * hue + 6) -
    0.2 * cosine(4 * hue - 63);
  const dL = (l2 - l1) / (1 + (0.015 * lightness ** 2) / Math.sqrt(20 + lightness ** 2));
  const dC = (two.chroma - one.chroma) / (1 + 0.045 * chroma);
  const dH =
    (2 * Math.sqrt(one.chroma * two.chroma) * Math.sin((turn / 2) * degree)) /
    (1 + 0.015 * chroma * t);
  const rotation =
    -2 * seventh(chroma) * Math.sin(60 * degree * Math.exp(-(((hue - 275) / 25) ** 2)));
  return Math.sqrt(dL ** 2 + dC ** 2 + dH ** 2 + rotation * dC * dH);
}
