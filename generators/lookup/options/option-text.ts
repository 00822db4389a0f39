import { plainText } from '../../text.ts';
import { placeText } from '../places.ts';
import type { OptionAnswer } from './option-json.ts';

const longestDescription = 240;
const longestCell = 120;
const shownBelow = 14;
const shownPlaces = 6;

/**
 * Lines for a terminal, below a kilobyte unless everything is asked for.
 *
 * @param all whole texts and lists
 */
export function optionText(answers: readonly OptionAnswer[], all: boolean): string {
  const lines = answers.flatMap((answer, index) => one(answer, all || index === 0, all));
  return `${lines.join('\n')}\n`;
}

function one(answer: OptionAnswer, described: boolean, all: boolean): string[] {
  const clip = (text: string, most: number): string => plainText(text, all ? Number.POSITIVE_INFINITY : most);
  if (answer.below !== undefined) return group(answer.name, answer.below, all);
  if (!answer.found) return missing(answer);
  const kinds = [answer.type ?? 'type not known', ...(answer.readOnly ? ['read only'] : [])].join(', ');
  return [
    ...(answer.renamedTo === undefined ? [] : [`${answer.name} was renamed to ${answer.renamedTo}`]),
    `${answer.renamedTo ?? answer.name} (${answer.scope}): ${clip(kinds, longestCell)}`,
    `  ${state(answer, all)}`,
    ...(answer.default === undefined ? [] : [`  default: ${clip(answer.default, longestCell)}`]),
    ...(answer.documentedAs === undefined || answer.type?.startsWith('a key of')
      ? []
      : [`  as ${answer.documentedAs}`]),
    ...(described && answer.description !== undefined ? [`  ${clip(answer.description, longestDescription)}`] : []),
    ...(described && answer.example !== undefined ? [`  example: ${clip(answer.example, longestCell)}`] : []),
    ...(answer.declaredIn === undefined
      ? []
      : [`  declared in ${clip(answer.declaredIn.map(placeText).join(', '), longestCell)}`]),
  ];
}

/** What is known of its value: nothing is said of options that only modules of NixOS set. */
function state({ set, value, live, withheld, definedIn = [], priority }: OptionAnswer, all: boolean): string {
  if (!set && value === undefined) return 'no enabled part of this configuration sets it';
  const places = definedIn.map(placeText);
  const shown = all ? places : places.slice(0, shownPlaces);
  const rest = places.length - shown.length;
  const where = set
    ? `, set in ${shown.map((place) => plainText(place)).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
    : '';
  return `value${live ? ' now' : ''}: ${withheld ? 'not shown (--live prints it)' : (value ?? 'not known')}${where}${priorityText(priority)}`;
}

function priorityText(priority: number | undefined): string {
  switch (priority) {
    case undefined:
    case 100:
      return '';
    case 50:
      return ' (mkForce)';
    case 1000:
      return ' (mkDefault)';
    case 1500:
      return ' (the default)';
    default:
      return ` (priority ${priority})`;
  }
}

function group(name: string, below: NonNullable<OptionAnswer['below']>, all: boolean): string[] {
  // Options that are set are what a reader looks for; the others keep the order of the table.
  const sorted = [...below].sort((a, b) => Number(b.set) - Number(a.set));
  const shown = all ? sorted : sorted.slice(0, shownBelow);
  const rest = below.length - shown.length;
  const count = below.filter(({ set }) => set).length;
  return [
    `${name}: ${below.length} options below it, ${count} set`,
    ...shown.map((option) => `  ${option.name} (${option.scope})${option.set ? ', set' : ''}`),
    ...(rest > 0 ? [`  ${rest} more: --all`] : []),
  ];
}

function missing({ name, renamedTo, removed, near = [] }: OptionAnswer): string[] {
  if (renamedTo !== undefined) return [`${name} was renamed to ${renamedTo}`];
  if (removed !== undefined) return [`${name} was removed${removed === '' ? '' : `: ${plainText(removed, 600)}`}`];
  const lines = near.map(({ name, scope, renamedTo }) => {
    if (renamedTo !== undefined) return `  ${renamedTo} (once ${name})`;
    return `  ${name}${scope === null ? '' : ` (${scope})`}`;
  });
  return [`no option ${plainText(name, 200)}${lines.length > 0 ? '; similar names:' : ''}`, ...lines];
}
