import { packageLists } from '../../evidence/package-lists.ts';
import { usualRebuildCommand } from '../../evidence/rebuild-command.ts';
import { code, inline } from '../../inline.ts';
import { sortArguments } from '../../lang/shell/arguments.ts';
import { commandsWith, isInterpreter } from '../../lang/shell/command-table.ts';
import { globalOptions } from '../../lang/shell/global-options.ts';
import type { Exec, Match } from '../call.ts';
import { installers, pipValued } from '../installers.ts';
import { baseName, downloads, shell } from '../names.ts';
import { shown } from '../wording.ts';
import type { World } from '../world.ts';
import type { Facts, ReadyMadeRule } from './rule.ts';

interface DeclarativeInstalls {
  /** The list of packages to add to. */
  declareIn: { list: string; file: string } | null;
  /** This host's rebuild command. */
  rebuild: string;
  /** The command that runs a package without installing it. */
  once: string;
}

/** Software installed outside the configuration. */
export const declarativeInstalls: ReadyMadeRule<DeclarativeInstalls> = {
  name: 'declarativeInstalls',
  default: 'block',
  description: `
    Installing software outside the configuration: {command}\`nix-env -i\`, {command}\`nix profile install\`,
    {command}\`pip install\` outside a virtual environment, {command}\`npm install -g\`, {command}\`cargo install\`,
    {command}\`curl … | sh\`.`,
  fields: (z) => ({
    declareIn: z
      .strictObject({ list: z.string(), file: z.string() })
      .nullable()
      .describe('the list of packages with most entries and its file'),
    rebuild: z.string().describe('the rebuild command of this host'),
    once: z.string().describe('the command that runs a package without installing it'),
  }),

  compile: (facts) => ({
    rule: {
      declareIn: declareIn(facts),
      rebuild: facts.options.rebuildCommand ?? usualRebuildCommand(facts.evaluated),
      once: facts.evaluated.flake.used ? 'nix shell nixpkgs#NAME' : 'nix-shell -p NAME',
    },
  }),

  checkCommand(exec, { declareIn, rebuild, once }, world) {
    if (exec.base === null || exec.remote) return null;
    const found = downloaded(exec) ?? install(exec, world);
    if (found === null || found.certainty === 'unclear') return found;
    return {
      ...found,
      reason: `${found.reason} Declare it in ${place(declareIn)} and rebuild (\`${rebuild}\`); to try a package once: \`${once}\`.`,
    };
  },

  mayMatch: () => ({
    commands: [...Object.keys(installers), ...commandsWith((facts) => facts.downloads === true)],
    patterns: ['pip[0-9]*', '-g*', '-[!-]*g*', '--global*', '--location*'],
  }),

  sentence: ({ declareIn }) => {
    const list = declareIn === null ? 'the configuration' : inline`${code(declareIn.list)} in ${code(declareIn.file)}`;
    return inline`installing software outside the configuration (${code('nix-env -i')}, ${code('nix profile install')}, ${code('pip install')} outside a virtual environment, ${code('npm install -g')}, ${code('cargo install')}, a download piped into a shell). Declare it in ${list}.`;
  },
};

const place = (list: DeclarativeInstalls['declareIn']): string =>
  list === null ? 'the configuration' : `\`${list.list}\` in \`${list.file}\``;

/** The list with most packages, in a file that can be edited. */
function declareIn({ evaluated }: Facts): DeclarativeInstalls['declareIn'] {
  const [largest] = packageLists(evaluated);
  return largest === undefined ? null : { list: largest.list, file: largest.file };
}

function install(exec: Exec, world: World): Match | null {
  const name = exec.base ?? '';
  const known = /^(pip|python)[\d.]+$/.test(name) ? name.replace(/[\d.]+$/, '') : name;
  const installs = Object.hasOwn(installers, known) ? installers[known] : undefined;
  if (installs === undefined) return null;
  // Cargo takes a toolchain first: `cargo +nightly install`.
  const args = exec.args.filter(({ text }) => !(known === 'cargo' && text?.startsWith('+')));
  const { operands, options } = sortArguments(args, known === 'pip' ? pipValued : globalOptions(known));
  if (options.has('--help') || options.has('-h') || options.has('--version')) return null;
  if (operands[0]?.text === null && !/^python/.test(known)) {
    return { certainty: 'unclear', reason: `Cannot tell what \`${shown(name, args)}\` does.` };
  }
  if (
    !installs(
      operands.map(({ text }) => text ?? ''),
      { ...exec, args },
      world,
    )
  )
    return null;
  const project = /^(pip|python)/.test(known)
    ? ' In a project, use a virtual environment (`python -m venv .venv`).'
    : '';
  return { reason: `\`${shown(name, exec.args)}\` installs software outside the configuration.${project}` };
}

/** `curl … | sh`, `bash <(curl …)`, `sh -c "$(curl …)"`, `eval "$(wget …)"`. */
function downloaded(exec: Exec): Match | null {
  const name = exec.base ?? '';
  const isShell = shell.test(name) || name === 'eval' || name === 'source' || name === '.';
  if (!isShell && !isInterpreter(name) && !exec.name?.includes('/')) return null;
  const match = { reason: `\`${name}\` would run a download that nobody has looked at.` };
  const { invocations } = exec.line;
  if (runsDownloadedFile(exec)) return match;
  // An interpreter with a script of its own reads the download as data.
  const runsInput = isShell
    ? exec.opaque === 'script from standard input'
    : exec.args.every(({ text }) => text === '-');
  if (exec.stdin === 'pipe' && runsInput) {
    return invocations.some((one) => one.pipeline === exec.pipeline && one.stage < exec.stage && downloads(one.name))
      ? match
      : null;
  }
  const substituted = exec.args.some(({ raw }) => raw.startsWith('<('));
  if (isShell ? exec.opaque !== 'script from an expansion' : !isInterpreter(name) || !substituted) return null;
  return invocations.some((one) => one.place === 'substitution' && downloads(one.name)) ? match : null;
}

/** `curl -o x.sh … && sh x.sh`, `wget …/x.sh; chmod +x x.sh; ./x.sh`: the same in two steps. */
function runsDownloadedFile(exec: Exec): boolean {
  const runs = exec.opaque === 'script in a file' ? exec.args.find(({ raw }) => !raw.startsWith('-'))?.text : exec.name;
  if (runs == null || !/[/.]/.test(runs)) return false;
  const file = baseName(runs);
  return exec.line.invocations.some(({ name, args, redirections }) => {
    if (!downloads(name)) return false;
    const named = [...args, ...redirections.flatMap(({ target }) => target ?? [])];
    return named.some(({ text }) => text !== null && baseName(text) === file);
  });
}
