import type { Inline } from '../content.ts';
import { code, inline } from '../inline.ts';
import { plainText } from '../text.ts';
import { type Block, linesOf } from './block.ts';
import type { ContextInput, Reader } from './input.ts';

const longestFolder = 200;
const longestTitle = 120;
const longestGaps = 400;

/** Which file answers what, and which evidence is missing. */
export function lookUpBlock({ settings, files, gaps, evidence }: ContextInput, reader: Reader): Block {
  const folder = code(`${plainText(settings.folder, longestFolder)}/intelligence/`);
  const origin =
    evidence.evaluated.platform === 'unknown'
      ? 'Read from the running machine, not from its configuration. '
      : 'Made at every rebuild: changes to this file are lost. ';
  return {
    id: 'rest',
    place: 1000,
    title: 'Where the rest is',
    intro: [
      origin,
      ...(reader === 'claude'
        ? inline`Look things up in ${folder} (JSON):`
        : inline`To look things up, ${folder} has it as JSON:`),
    ],
    lines: linesOf(
      [
        ...files.map(({ file, title }): Inline[] => [code(file), `: ${plainText(title, longestTitle)}`]),
        ...(gaps.length > 0 ? [[plainText(`Not known here: ${gaps.join('; ')}.`, longestGaps)]] : []),
      ],
      (index) => 900 - index,
    ),
    leftOut: (count) => [`${count} more there.`],
  };
}
