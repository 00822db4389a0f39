import type { Inline } from '../content.ts';
import { plainText } from '../text.ts';
import type { Block } from './fit.ts';
import type { ContextInput, Reader } from './input.ts';

/** Where the whole of it stands, and what is not known. */
export function restBlock({ settings, files, gaps, evidence }: ContextInput, reader: Reader): Block {
  const lines: Inline[][] = [
    ...files.map(({ file, title }): Inline[] => [{ code: file }, `: ${plainText(title, 120)}`]),
    ...(gaps.length > 0 ? [[plainText(`Not known here: ${gaps.join('; ')}.`, 400)]] : []),
  ];
  return {
    id: 'rest',
    place: 1000,
    title: 'Where the rest is',
    intro: [
      evidence.evaluated.platform === 'unknown'
        ? 'A look at the running machine, not at its configuration. '
        : 'Made at every rebuild: changes to this file are lost. ',
      reader === 'claude' ? 'Look things up in ' : 'To look things up, ',
      { code: `${plainText(settings.folder, 200)}/intelligence/` },
      reader === 'claude' ? ' (JSON):' : ' has it as JSON:',
    ],
    lines: lines.map((content, index) => ({ content, group: null, value: 900 - index })),
    rest: (left) => [`${left} more there.`],
  };
}
