import { publicTools } from '../../data/public-tools.ts';
import { subcommandTools } from '../../data/subcommands.ts';

export const recorderShells = ['fish', 'bash', 'zsh'] as const;
export type RecorderShell = (typeof recorderShells)[number];

const plain = (name: string): boolean => /^[\w.+-]+$/.test(name);
const tools = [...subcommandTools].filter(([name, { names }]) => plain(name) && names.size > 0);
/** `compose up` as `compose/up`, because blanks separate the elements. */
const listed = (names: ReadonlySet<string>): string => [...names].map((name) => name.replace(' ', '/')).join(' ');
const publicNames = [...publicTools].filter(plain).join(' ');

/**
 * A recorder's script from its template: the line `@tables@` becomes the names that may be written,
 * in that shell's own syntax.
 */
export function renderRecorder(shell: RecorderShell, template: string): string {
  return template.replace('@tables@\n', () => `${tables(shell)}\n`);
}

function tables(shell: RecorderShell): string {
  if (shell === 'fish') {
    return [
      ...tools.map(([name, { names }]) => `set -g ${fishList(name)} '${name}:  ${listed(names)} '`),
      `set -g __ni_public ' ${publicNames} '`,
    ].join('\n');
  }
  return [
    'typeset -gA __ni_sub',
    '__ni_sub=(',
    ...tools.map(([name, { names }]) =>
      shell === 'bash' ? `  [${name}]=' ${listed(names)} '` : `  ${name} ' ${listed(names)} '`,
    ),
    ')',
    `__ni_public=' ${publicNames} '`,
  ].join('\n');
}

/**
 * As the recorder makes a variable's name of a command's, from the groups of its expression. Each list
 * begins with its tool's name, so that `a_b` never gets the list of `a-b`.
 */
function fishList(name: string): string {
  const [, head, tail = ''] = /^([A-Za-z0-9]\w*)(?:-(\w+))?$/.exec(name) ?? [];
  if (head === undefined) throw new Error(`the fish recorder has no list for a tool of the name ${name}`);
  return `__ni_sub_${head}_${tail}`;
}
