import type { ListedPipeline } from './line-counts.ts';

/**
 * The pipelines of a line that ended with the line's exit status: the last one that ran; all of a list joined with
 * `&&` if the status is 0; all of a list joined with `||` if it is a failure. Empty if the status does not say.
 */
export function pipelinesWithStatus(list: readonly ListedPipeline[], status: number): readonly ListedPipeline[] {
  const start = list.findLastIndex(({ connector }) => connector === ';' || connector === '&');
  const last = list.slice(Math.max(start, 0));
  if (last.some(({ background, negated }) => background || negated)) return [];
  const connectors = new Set(last.slice(1).map(({ connector }) => connector));
  if (connectors.size === 0) return last;
  if (connectors.size > 1) return [];
  if (connectors.has('&&')) return status === 0 ? last : [];
  return status !== 0 && status !== 127 && status < 128 ? last : [];
}
