import { plainText } from '../../text.ts';
import { placeText } from '../places.ts';
import type { CauseAnswer, DiagnosisAnswer } from './diagnosis-json.ts';
import type { LineChange } from './line-history.ts';
import type { SinceLastBuild } from './since-last-build.ts';

const longestLine = 300;
const shownCauses = 5;
const shownFiles = 6;

/** The answer in a few lines for each cause: place and message, advice, log, when the line changed. */
export function diagnosisText({ causes, lastLines = [], sinceLastBuild }: DiagnosisAnswer): string {
  if (causes.length === 0) {
    const head = lastLines.length === 0 ? 'No error is recognised.' : 'No error is recognised. The last lines are:';
    return `${[head, ...lastLines.map((line) => `  ${line.trimEnd()}`)].join('\n')}\n`;
  }
  const rest = causes.length - shownCauses;
  const lines = [
    ...causes.slice(0, shownCauses).flatMap(causeLines),
    ...(rest > 0 ? [`and ${rest} more: --json prints all`] : []),
    ...(sinceLastBuild === undefined ? [] : sinceLines(sinceLastBuild)),
  ];
  return `${lines.join('\n')}\n`;
}

function causeLines({
  kind,
  message,
  file,
  line,
  column,
  option,
  others = [],
  advice = [],
  log = [],
  changed,
}: CauseAnswer): string[] {
  const at = file === undefined ? '' : `${placeText({ file, line })}${column === undefined ? '' : `:${column}`}: `;
  const named = option === undefined || message.includes(option) ? '' : ` (\`${option}\`)`;
  return [
    plainText(`${at}${kind}: ${message}${named}`, longestLine),
    ...(file === undefined ? ['  no line of the configuration is known for it'] : []),
    ...others.map((other) => `  also ${placeText(other)}`),
    ...advice.map((text) => `  ${plainText(text, longestLine)}`),
    ...log.map((text) => `  | ${plainText(text, longestLine)}`),
    ...(changed === undefined ? [] : [`  ${changeText(changed)}`]),
  ];
}

function changeText(changed: LineChange): string {
  if ('uncommitted' in changed) return 'this line is not committed yet';
  return `this line last changed on ${changed.day} in ${changed.commit}: ${plainText(changed.subject, 100)}`;
}

function sinceLines({ generation, day, files, inputs = [], commits = [] }: SinceLastBuild): string[] {
  const built = generation === undefined ? 'the last rebuild' : `generation ${generation} (${day})`;
  const shown = (files ?? []).slice(0, shownFiles);
  const more = (files ?? []).length - shown.length;
  const parts = [
    ...(shown.length === 0 ? [] : [`${shown.join(', ')}${more > 0 ? ` and ${more} more files` : ''}`]),
    ...inputs.map(({ name, from, to }) => `input ${name} ${from} -> ${to}`),
    ...commits.map(({ commit, subject }) => `${commit} ${plainText(subject, 80)}`),
  ];
  if (parts.length === 0) return [`nothing that is committed changed since ${built}`];
  return [`changed since ${built}:`, ...parts.map((part) => `  ${part}`)];
}
