import type { Inline } from '../frame.ts';
import type { ContextInput } from './context.ts';
import type { Block } from './fit.ts';

/** Where the whole of it stands, and what is not known. */
export function restBlock({ settings, files, gaps }: ContextInput): Block {
  const lines: Inline[][] = [
    ...files.map(({ file, title }): Inline[] => [{ code: file }, `: ${title}`]),
    ...(gaps.length > 0 ? [[`Not known here: ${gaps.join('; ')}.`]] : []),
  ];
  return {
    id: 'rest',
    place: 1000,
    title: 'Where the rest is',
    intro: ['JSON in ', { code: `${settings.folder}/intelligence/` }, ', to look things up:'],
    lines: lines.map((content, index) => ({ content, group: null, value: 900 - index })),
    rest: (left) => [`${left} more there.`],
  };
}
