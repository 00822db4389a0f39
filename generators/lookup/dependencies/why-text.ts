import { bytes } from '../../bytes.ts';
import { visible } from '../../text.ts';
import type { LoadedGraph } from './read-graph.ts';
import type { KeptBy, Why } from './why.ts';

/** The answer as lines of text, at most `limit` chains for each path. */
export function whyText({ file, store }: LoadedGraph, answers: readonly Why[], limit: number): string {
  const chain = ({ way }: KeptBy): string => way.map((node) => store.labels[node]).join(' -> ');
  const lines = answers.flatMap((why, index) => {
    const shown = why.packages.slice(0, limit);
    const rest = why.packages.length - shown.length;
    return [
      ...(index > 0 ? [''] : []),
      `${why.name}${build(answers, why)}, ${bytes(why.size)}: ${summary(why, file.packages.length)}`,
      ...why.declared.flatMap(({ id, in: files, by, notes }) => [
        `  declared: ${declaration(id, files, by)}`,
        ...notes.map((note) => `    ${visible(note)}`),
      ]),
      ...shown.map((entry) => `  ${chain(entry)}`),
      ...(rest > 0 ? [`  and ${rest} more (--all)`] : []),
      ...why.options.slice(0, limit).map((entry) => `  ${entry.name}: ${chain(entry)}`),
      ...(why.options.length > limit ? [`  and ${why.options.length - limit} more options (--all)`] : []),
      ...(why.base ? [`  the distribution: ${chain({ name: '', way: why.base })}`] : []),
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** Two builds of one version have one name. */
function build(answers: readonly Why[], why: Why): string {
  const same = answers.filter(({ name }) => name === why.name);
  return same.length > 1 ? ` (build ${same.indexOf(why) + 1} of ${same.length})` : '';
}

function summary({ declared, packages, options, base }: Why, all: number): string {
  const keepers = [
    ...(packages.length > 0 ? [`${packages.length} of ${all} declared packages`] : []),
    ...(options.length > 0 ? [`${options.length} ${options.length === 1 ? 'option' : 'options'}`] : []),
    ...(base ? ['the distribution'] : []),
  ];
  if (keepers.length === 0) return declared.length > 0 ? 'declared; nothing else needs it' : 'nothing keeps it';
  return `needed by ${list(keepers)}`;
}

/** `ripgrep, in packages.nix`, `git, by programs.git in git.nix`. */
export function declaration(id: string, files: readonly string[], by: readonly string[]): string {
  const options = by.length > 0 ? `, by ${list(by)}` : '';
  const places = files.length > 0 ? `${options === '' ? ',' : ''} in ${list(files)}` : '';
  return `${id}${options}${places}`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
