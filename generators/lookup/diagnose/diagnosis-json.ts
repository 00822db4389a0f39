import { visible } from '../../text.ts';
import { advise, writtenOption } from './advise.ts';
import type { Checkout } from './checkout.ts';
import type { OwnPlace } from './configuration-source.ts';
import type { Diagnosis } from './diagnose.ts';
import { type LineChange, lastChange } from './line-history.ts';
import type { Index } from './open-index.ts';
import type { SinceLastBuild } from './since-last-build.ts';

/** A cause as `--json` prints it; keys are absent where nothing is known. */
export interface CauseAnswer extends Partial<OwnPlace> {
  kind: string;
  message: string;
  option?: string;
  package?: string;
  /** The other definitions of a conflict. */
  others?: OwnPlace[];
  advice?: string[];
  /** The telling lines of a builder's log. */
  log?: string[];
  changed?: LineChange;
}

export interface DiagnosisAnswer {
  /** The folder that the files are relative to. */
  root?: string;
  causes: CauseAnswer[];
  /** Where nothing was recognised. */
  lastLines?: string[];
  sinceLastBuild?: SinceLastBuild;
}

const longestMessage = 500;

export async function diagnosisAnswer(
  { causes, lastLines, source }: Diagnosis,
  checkout: Checkout | null,
  index: Index | null,
): Promise<DiagnosisAnswer> {
  const answers: CauseAnswer[] = [];
  for (const cause of causes) {
    const { known, place, others } = cause;
    const option = writtenOption(source, cause);
    const changed =
      checkout === null || place?.line === undefined ? null : await lastChange(checkout.root, place.file, place.line);
    const advice = advise({
      cause: { ...cause, ...(option === undefined ? {} : { option }) },
      index,
      source,
      checkout,
    });
    answers.push({
      kind: known.kind,
      message: visible(known.message).slice(0, longestMessage),
      ...place,
      ...(option === undefined ? {} : { option }),
      ...(known.package === undefined ? {} : { package: known.package }),
      ...(others.length === 0 ? {} : { others }),
      ...(advice.length === 0 ? {} : { advice: advice.map(visible) }),
      ...(known.log === undefined ? {} : { log: known.log.map(visible) }),
      ...(changed === null ? {} : { changed }),
    });
  }
  return {
    ...(checkout === null ? {} : { root: checkout.root }),
    causes: answers,
    ...(causes.length > 0 ? {} : { lastLines: lastLines.map(visible) }),
  };
}
