import type { Manifest } from '../evidence/manifest.ts';
import { visible } from '../text.ts';

/** One line for each invalid snapshot and each question that failed. */
export function warnings({ rejected, questions }: Manifest): string[] {
  return [
    ...rejected.map(({ file, reason }) => `${file} is left out. ${reason}`),
    ...questions
      .filter(({ status }) => status === 'failed')
      .map(({ file, because }) => `intelligence/${file}.json is left out: ${visible(because ?? '')}`),
  ];
}
