/**
 * Pages load nothing from elsewhere and run no script of a notebook's output; the styles are
 * Vega's and KaTeX's, which they write into elements. Every page says so itself, so that it holds
 * on any web server.
 */
export const securityPolicy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "style-src 'self' 'unsafe-inline'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
