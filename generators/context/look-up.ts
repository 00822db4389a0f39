import { code, inline, joined } from '../inline.ts';
import { plainText } from '../text.ts';
import { type Block, linesOf } from './block.ts';
import type { ContextInput, Reader } from './input.ts';

const longestFolder = 200;
const longestGaps = 400;

/** Which file answers what, and which evidence is missing. */
export function lookUpBlock({ settings, files, gaps, evidence }: ContextInput, reader: Reader): Block {
  const folder = code(`${plainText(settings.folder, longestFolder)}/intelligence/`);
  const origin =
    evidence.evaluated.platform === 'unknown'
      ? 'Read from the running machine, not from its configuration. '
      : 'Made at every rebuild: changes to this file are lost. ';
  const listed = files.map(({ file }) => code(file));
  return {
    id: 'rest',
    place: 1000,
    title: 'Look things up',
    intro: [origin],
    lines: linesOf(
      [
        {
          content: [
            ...(reader === 'claude'
              ? inline`Files in ${folder} (read them with ${code('jq')} or ${code('grep')}): `
              : inline`Files in ${folder}: `),
            ...joined(listed),
            '.',
          ],
          evidence: [],
        },
        ...(gaps.length > 0
          ? [{ content: [plainText(`Not known here: ${gaps.join('; ')}.`, longestGaps)], evidence: [] }]
          : []),
      ],
      (index) => 900 - index,
    ),
    leftOut: (count) => [`${count} more there.`],
  };
}
