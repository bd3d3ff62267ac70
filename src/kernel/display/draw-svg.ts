import type { TopLevelSpec } from 'vega-lite';
import type { Vega } from '../../platform/platform.js';
import type { Specification } from '../../viz/index.js';

/** Vega's `await view.toSVG()` in one go. */
export function drawSvg(plot: Specification, vega: Vega): string {
  const { View, parse, compile } = vega;
  const { spec } = compile(plot as unknown as TopLevelSpec);
  const view = new View(parse(spec), {
    renderer: 'none',
  }).run() as unknown as HeadlessView;
  const { root } = view._scenegraph;
  embedImages(root);
  const { left, right, top, bottom } = view.padding();
  const [x, y] = view._origin;
  const SvgRenderer = vega.SVGStringRenderer as new () => Renderer;
  return new SvgRenderer()
    .initialize(
      null,
      Math.max(0, view._viewWidth + left + right),
      Math.max(0, view._viewHeight + top + bottom),
      [left + x, top + y],
    )
    .background(view.background())
    .render(root)
    .svg();
}

/** Vega would load images one tick later; ours are data URLs, which need no loading. */
function embedImages(scene: Scene): void {
  for (const item of scene.items ?? []) {
    if (scene.marktype === 'image') item.image = { src: item.url, url: item.url };
    embedImages(item);
  }
}

/** A mark or an item of Vega's scene graph: both hold more of the other. */
interface Scene {
  marktype?: string;
  items?: Scene[];
  url?: string;
  image?: { src: string | undefined; url: string | undefined };
}

/** What Vega 5's own headless rendering reads from a view, and its types leave out. */
interface HeadlessView {
  padding(): { left: number; right: number; top: number; bottom: number };
  background(): string;
  _origin: [x: number, y: number];
  _viewWidth: number;
  _viewHeight: number;
  _scenegraph: { root: Scene };
}

interface Renderer {
  initialize(element: null, width: number, height: number, origin: [number, number]): Renderer;
  background(colour: string): Renderer;
  render(scene: Scene): Renderer;
  svg(): string;
}
