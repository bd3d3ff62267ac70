import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import type { viz } from 'inception-lab';

/** What is drawn: a bar, a point, a text, in pixels from its panel's left and upper edge. */
export interface Drawn {
  readonly x: number;
  readonly y: number;
  readonly width?: number;
  readonly height?: number;
  readonly text?: unknown;
  readonly fill?: string;
  readonly stroke?: string;
  readonly shape?: string;
  readonly datum?: Readonly<Record<string, unknown>>;
}

interface Scene extends Drawn {
  readonly marktype?: string;
  readonly role?: string;
  readonly items?: Scene[];
}

/** All marks of a kind that stand for data: `'rect'`, `'symbol'`, `'text'`, `'rule'`, `'area'`. */
export function drawn(plot: viz.Specification, marktype: string): Drawn[] {
  return find(plot, (scene) => scene.marktype === marktype && scene.role === 'mark');
}

/** All that is written: on axes, in legends, titles and marks. */
export function words(plot: viz.Specification): string[] {
  return find(plot, (scene) => scene.marktype === 'text').flatMap(({ text }) =>
    [text].flat().map(String),
  );
}

function find(plot: viz.Specification, isWanted: (scene: Scene) => boolean): Scene[] {
  const view = new View(parse(compile(plot as unknown as TopLevelSpec).spec), {
    renderer: 'none',
  }).run();
  const within = (scene: Scene): Scene[] =>
    isWanted(scene) ? (scene.items ?? []) : (scene.items ?? []).flatMap(within);
  return within((view.scenegraph() as unknown as { root: Scene }).root);
}
