import { visible } from '../../text.ts';
import { placeText } from '../places.ts';
import { advise, writtenOption } from './advise.ts';
import type { Checkout } from './checkout.ts';
import type { OwnPlace } from './configuration-source.ts';
import type { Cause, Diagnosis } from './diagnose.ts';
import { type LineChange, lastChange, uncommittedLines } from './line-history.ts';
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
  const uncommitted = checkout === null ? new Map<string, readonly number[]>() : await uncommittedLines(checkout.root);
  for (const cause of causes) {
    const { known, others } = cause;
    const place = changedPart(cause, uncommitted);
    const option = writtenOption(source, cause);
    const changed =
      checkout === null || place?.line === undefined ? null : await lastChange(checkout.root, place.file, place.line);
    const advice = [
      ...advise({ cause: { ...cause, place, ...(option === undefined ? {} : { option }) }, index, source, checkout }),
      ...(place === null ? withoutPlace(cause, uncommitted) : []),
    ];
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

/** Of a definition over several lines, the first that is not committed: it worked before. */
function changedPart(
  { place, spans = [] }: Cause,
  uncommitted: ReadonlyMap<string, readonly number[]>,
): OwnPlace | null {
  const lines = place === null ? undefined : uncommitted.get(place.file);
  const changed = lines?.find((line) => spans.some(([first, last]) => line >= first && line <= last));
  return place === null || changed === undefined || changed === place.line
    ? place
    : { file: place.file, line: changed };
}

const shownPlaces = 3;

/** What helps to find the place of an error in the evaluation that names none. */
function withoutPlace({ error }: Cause, uncommitted: ReadonlyMap<string, readonly number[]>): string[] {
  if (error === null || error.frames.length === 0) return [];
  const places = [...uncommitted].flatMap(([file, [line]]) => (line === undefined ? [] : [placeText({ file, line })]));
  return [
    ...(error.isTruncated ? ['the trace is truncated: run the command again with --show-trace'] : []),
    ...(places.length === 0 ? [] : [`changed and not committed: ${places.slice(0, shownPlaces).join(', ')}`]),
  ];
}
