/** A Vega-Lite v5 specification, as plain data that can be tested, stored and sent. */
export interface Specification {
  readonly $schema: string;
  /** One line that says what is to be seen; what front ends without plots show. */
  readonly description: string;
  readonly [property: string]: unknown;
}

const schema = 'https://vega.github.io/schema/vega-lite/v5.json';

/**
 * Completes a plot: the schema, and the look that all our plots share. Colours of text and
 * background are left open, so that a page can draw them for light and for dark.
 */
export function specification(
  plot: { readonly description: string } & Readonly<Record<string, unknown>>,
): Specification {
  return {
    $schema: schema,
    ...plot,
    config: {
      font: 'system-ui, sans-serif',
      title: {
        anchor: 'start',
        fontSize: 14,
        subtitleFontSize: 12,
        subtitlePadding: 4,
        offset: 12,
      },
      axis: { labelFontSize: 11, titleFontSize: 12, titleFontWeight: 'normal', domain: false },
      view: { stroke: null },
    },
  };
}

/**
 * How an axis writes these numbers: thousands as 20k, but small ones as they are, since 0.05 is
 * not read as 50m.
 */
export function numberFormat(numbers: readonly number[]): string {
  const greatest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  return greatest < 10 ? '~g' : '~s';
}

/**
 * An axis for these numbers. A logarithmic one over a few decades has a line a decade, and none in
 * between.
 */
export function numberAxis(
  numbers: readonly number[],
  logarithmic: boolean,
): { format: string; tickCount?: number } {
  if (!logarithmic) return { format: numberFormat(numbers) };
  const powers = numbers.filter((number) => number > 0).map(Math.log10);
  const decades = Math.floor(Math.max(...powers) - Math.min(...powers));
  return { format: '~g', ...(decades >= 3 && { tickCount: Math.min(decades, 8) }) };
}
