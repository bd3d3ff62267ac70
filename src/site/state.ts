/** How far a lesson is, as its page says it and the site's `state.json` tells the page's script. */
export type LessonState =
  /** Not asked for: it will not be run by itself. */
  | { readonly status: 'unrun' }
  | { readonly status: 'waiting' }
  | { readonly status: 'running'; readonly cell: number; readonly cells: number }
  | { readonly status: 'done' }
  | { readonly status: 'failed'; readonly problem: string };

/** Whether the page will still change by itself. */
export function isPending({ status }: LessonState): boolean {
  return status === 'waiting' || status === 'running';
}
