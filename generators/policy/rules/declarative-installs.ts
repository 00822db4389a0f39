import { sortArguments } from '../arguments.ts';
import type { Check, Exec, Match } from '../call.ts';
import { installers, valuedBefore } from '../installers.ts';
import { baseName, downloaders, interpreter, shell } from '../names.ts';
import type { CompiledRule } from '../schema.ts';
import { shown } from '../wording.ts';
import type { World } from '../world.ts';

type Rule = Extract<CompiledRule, { rule: 'declarative-installs' }>;

/** What installs software past the configuration. */
export const declarativeInstalls: Check<Rule> = {
  command(exec, rule, world) {
    if (exec.base === null || exec.remote) return null;
    const found = downloaded(exec) ?? install(exec, world);
    if (found === null || found.certainty === 'unclear') return found;
    const rebuild = rule.rebuild === null ? 'rebuild' : `rebuild (\`${rule.rebuild}\`)`;
    return {
      ...found,
      reason: `${found.reason} Declare it in ${rule.declareIn ?? 'the configuration'} and ${rebuild}; to try a package once: \`nix shell nixpkgs#NAME\`.`,
    };
  },
};

function install(exec: Exec, world: World): Match | null {
  const name = exec.base as string;
  const known = /^(pip|python)[\d.]+$/.test(name) ? name.replace(/[\d.]+$/, '') : name;
  const installs = Object.hasOwn(installers, known) ? installers[known] : undefined;
  if (installs === undefined) return null;
  // Cargo takes a toolchain first: `cargo +nightly install`.
  const args = exec.args.filter(({ text }) => !(known === 'cargo' && text?.startsWith('+')));
  const { operands } = sortArguments(args, valuedBefore[known] ?? []);
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
  return { reason: `\`${shown(name, exec.args)}\` installs past the configuration.${project}` };
}

/** `curl … | sh`, `bash <(curl …)`, `sh -c "$(curl …)"`, `eval "$(wget …)"`. */
function downloaded(exec: Exec): Match | null {
  const name = exec.base as string;
  const isShell = shell.test(name) || name === 'eval' || name === 'source' || name === '.';
  if (!isShell && !interpreter.test(name) && !exec.name?.includes('/')) return null;
  const downloads = ({ name: one }: { name: string | null }): boolean => downloaders.has(baseName(one ?? ''));
  const match = { reason: `\`${name}\` would run what is being downloaded, unseen.` };
  const { invocations } = exec.line;
  if (runsDownloadedFile(exec)) return match;
  // An interpreter that has a script of its own reads the download as data.
  const runsInput = isShell
    ? exec.opaque === 'script from standard input'
    : exec.args.every(({ text }) => text === '-');
  if (exec.stdin === 'pipe' && runsInput) {
    return invocations.some((one) => one.pipeline === exec.pipeline && one.stage < exec.stage && downloads(one))
      ? match
      : null;
  }
  const substituted = exec.args.some(({ raw }) => raw.startsWith('<('));
  if (isShell ? exec.opaque !== 'script from an expansion' : !interpreter.test(name) || !substituted) return null;
  return invocations.some((one) => one.place === 'substitution' && downloads(one)) ? match : null;
}

/** `curl -o x.sh … && sh x.sh`, `wget …/x.sh; chmod +x x.sh; ./x.sh`: the same in two steps. */
function runsDownloadedFile(exec: Exec): boolean {
  const runs = exec.opaque === 'script in a file' ? exec.args.find(({ raw }) => !raw.startsWith('-'))?.text : exec.name;
  if (runs == null || !/[/.]/.test(runs)) return false;
  const file = baseName(runs);
  return exec.line.invocations.some(({ name, args, redirections }) => {
    if (!downloaders.has(baseName(name ?? ''))) return false;
    const named = [...args, ...redirections.flatMap(({ target }) => target ?? [])];
    return named.some(({ text }) => text !== null && baseName(text) === file);
  });
}
