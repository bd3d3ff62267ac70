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
 * not read as 50m; powers of ten as 1e-8.
 */
export function numberFormat(numbers: readonly number[], logarithmic = false): string {
  const greatest = numbers.reduce((most, number) => Math.max(most, Math.abs(number)), 0);
  return logarithmic || greatest < 10 ? '~g' : '~s';
}
