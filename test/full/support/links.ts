import type { Page } from 'playwright-core';

export interface Links {
  /** Whole addresses, without those of the page's own anchors. */
  readonly addresses: readonly string[];
  /** Of the page's links to anchors of its own: those that are not there. */
  readonly deadAnchors: readonly string[];
}

/** Where the page's links lead. */
export function linksOf(page: Page): Promise<Links> {
  return page.$$eval('a[href]', (links) => {
    const targets = links.map((link) => link.getAttribute('href') ?? '');
    const anchors = targets.filter((target) => target.startsWith('#')).map(decodeURIComponent);
    return {
      addresses: targets
        .filter((target) => !target.startsWith('#'))
        .map((target) => new URL(target, document.baseURI).href),
      deadAnchors: anchors.filter((anchor) => !document.getElementById(anchor.slice(1))),
    };
  });
}
