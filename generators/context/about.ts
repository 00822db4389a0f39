import { plainText } from '../text.ts';
import { type Block, linesOf } from './block.ts';
import type { ContextInput } from './input.ts';

const longestGaps = 400;

/** Where the file comes from, and which evidence is missing. */
export function aboutBlock({ gaps, evidence }: ContextInput): Block {
  const origin =
    evidence.evaluated.platform === 'unknown'
      ? 'Read from the running machine, not from its configuration.'
      : 'Made at every rebuild: changes to this file are lost.';
  const missing = gaps.length === 0 ? [] : [plainText(`Not known here: ${gaps.join('; ')}.`, longestGaps)];
  return {
    id: 'about',
    place: 1000,
    title: 'About this file',
    intro: [],
    lines: linesOf(
      [
        { content: [origin], evidence: [] },
        ...missing.map((text) => ({ content: [text], evidence: [{ file: 'manifest.json', pointer: '/missing' }] })),
      ],
      900,
    ),
  };
}
