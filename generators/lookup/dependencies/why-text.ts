import { at } from '../../at.ts';
import { bytes } from '../../bytes.ts';
import { visible } from '../../text.ts';
import type { LoadedGraph } from './load-graph.ts';
import type { Why } from './why.ts';

/** The answer as lines of text, with at most `limit` chains to each store path. */
export function whyText({ figures, store }: LoadedGraph, answers: readonly Why[], limit: number): string {
  const chain = (nodes: readonly number[]): string => nodes.map((node) => at(store.names, node)).join(' -> ');
  const lines = answers.flatMap((why, index) => {
    const { packages, options, base, declared, storeName, size } = why;
    return [
      ...(index > 0 ? [''] : []),
      `${storeName}${build(answers, why)}, ${bytes(size, 3)}: ${summary(why, figures.packages.length)}`,
      ...declared.flatMap(({ id, declaredIn, addedByOptions, notes }) => [
        `  declared: ${declaration(id, declaredIn, addedByOptions)}`,
        ...notes.map((note) => `    ${visible(note)}`),
      ]),
      ...packages.slice(0, limit).map(({ nodes }) => `  ${chain(nodes)}`),
      ...(packages.length > limit ? [`  and ${packages.length - limit} more (--all)`] : []),
      ...options.slice(0, limit).map(({ name, nodes }) => `  ${name}: ${chain(nodes)}`),
      ...(options.length > limit ? [`  and ${options.length - limit} more options (--all)`] : []),
      ...(base ? [`  the base system: ${chain(base)}`] : []),
    ];
  });
  return `${lines.join('\n')}\n`;
}

/** Two builds of one version have the same name. */
function build(answers: readonly Why[], why: Why): string {
  const same = answers.filter(({ storeName }) => storeName === why.storeName);
  return same.length > 1 ? ` (build ${same.indexOf(why) + 1} of ${same.length})` : '';
}

function summary({ declared, packages, options, base }: Why, packageCount: number): string {
  const retainers = [
    ...(packages.length > 0 ? [`${packages.length} of ${packageCount} declared packages`] : []),
    ...(options.length > 0 ? [`${options.length} ${options.length === 1 ? 'option' : 'options'}`] : []),
    ...(base ? ['the base system'] : []),
  ];
  if (retainers.length === 0) return declared.length > 0 ? 'declared; nothing else needs it' : 'nothing needs it';
  return `needed by ${list(retainers)}`;
}

/** `ripgrep, in packages.nix`, `git, by programs.git in git.nix`. */
export function declaration(id: string, files: readonly string[], options: readonly string[]): string {
  const by = options.length > 0 ? `, by ${list(options)}` : '';
  const where = files.length > 0 ? `${by === '' ? ',' : ''} in ${list(files)}` : '';
  return `${id}${by}${where}`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
