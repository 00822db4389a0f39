import { publicTools } from '../data/public-tools.ts';
import { subcommandTools } from '../data/subcommands.ts';

export const recorderShells = ['fish', 'bash', 'zsh'] as const;
export type RecorderShell = (typeof recorderShells)[number];

const plain = (name: string): boolean => /^[\w.+-]+$/.test(name);
const tools = [...subcommandTools].filter(([name, { names }]) => plain(name) && names.size > 0);
/** `compose up` as `compose/up`: blanks part the elements. */
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
      ...tools.map(([name, { names }]) => `set -g __ni_sub_${fishName(name)} ${listed(names)}`),
      `set -g __ni_public ${publicNames}`,
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

/** As the recorder makes a variable's name of a command's. */
function fishName(name: string): string {
  return name.replace(/[^\w]/g, '_');
}
