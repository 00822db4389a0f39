import { sortArguments } from '../lang/shell/arguments.ts';
import type { Invocation, ShellLine, Word } from '../lang/shell/line.ts';
import { parseBashLine } from '../lang/shell/shell-line.ts';
import type { Exec } from './call.ts';
import { commandOf } from './names.ts';
import { lineValues, type Values } from './values.ts';
import { absolutePath, type World } from './world.ts';

export interface ReadLine {
  line: ShellLine;
  execs: Exec[];
  /** The last folder: redirections are assumed to be opened there. */
  cwd: string | null;
}

const readers = new Set(['read', 'mapfile', 'readarray', 'getopts', 'select']);

/** A command line with the values of its variables and the folder of each command. */
export function readLine(source: string, world: World, depth = 0): ReadLine {
  const values = lineValues(world.env);
  let line = parseBashLine(source, values);
  // Until a pass finds no new value: `f() { $x; }; y=rm; x=$y; f`.
  for (let pass = 0; pass < 4; pass++) {
    const before = values.size();
    bindWords(line, values);
    line = parseBashLine(source, values);
    if (values.size() === before) break;
  }
  const execs: Exec[] = [];
  const parents = new Set(line.invocations.map(({ parent }) => parent));
  const aliases = aliasesOf(line);
  let cwd: string | null = world.cwd;
  for (const [index, listed] of line.invocations.entries()) {
    const invocation = withFedWords(listed, line);
    const base = commandName(invocation);
    execs.push({ ...invocation, base, cwd, line, runs: parents.has(index) });
    const runs = packageRun(base, invocation) ?? aliased(invocation, aliases);
    if (runs !== null && runs !== source && depth < 4) {
      execs.push(...readLine(runs, { ...world, cwd: cwd ?? world.cwd }, depth + 1).execs);
    }
    if ((base === 'cd' || base === 'pushd') && invocation.place !== 'substitution' && invocation.stdout !== 'pipe') {
      cwd = folder(invocation.args, cwd, world.home);
    }
  }
  return { line, execs, cwd };
}

/** What `read x` assigns is not in the line; `set -- a b` and the calls of a function give `$@` its words. */
function bindWords(line: ShellLine, values: Values): void {
  for (const { name, args } of line.invocations) {
    if (name === null) continue;
    if (line.functions.includes(name)) values.list('@', args);
    if (name === 'set' && args[0]?.text === '--') values.list('@', args.slice(1));
    if (!readers.has(name)) continue;
    for (const { text } of args) if (text !== null && /^[A-Za-z_]\w*$/.test(text)) values.bind(text, undefined);
  }
}

/** A command with the words that `echo` gives to the `xargs` which runs it. */
function withFedWords(invocation: Invocation, line: ShellLine): Invocation {
  if (!invocation.wrappers.includes('xargs')) return invocation;
  const index = line.pipelines[invocation.pipeline]?.stages[invocation.stage - 1];
  const feeder = index == null ? undefined : line.invocations[index];
  if (feeder === undefined || !/^(echo|printf)$/.test(feeder.name ?? '')) return invocation;
  const printed = feeder.args.filter(({ text }, at) => (feeder.name === 'echo' ? at > 0 || text !== '-n' : true));
  const words = feeder.name === 'printf' && printed.length > 1 ? printed.slice(1) : printed;
  let xargs = invocation;
  while (xargs.parent !== null && xargs.name !== 'xargs') xargs = line.invocations[xargs.parent] ?? invocation;
  const { values } = sortArguments(xargs.args, ['-I', '-n', '-P', '-d', '-L']);
  const mark = values.get('-I')?.[0]?.text;
  if (mark == null) return { ...invocation, args: [...invocation.args, ...words] };
  const args = invocation.args.flatMap((word) =>
    word.text === null || !word.text.includes(mark)
      ? [word]
      : words.map((fed) => ({ ...fed, text: fed.text === null ? null : (word.text ?? '').replaceAll(mark, fed.text) })),
  );
  return { ...invocation, args };
}

/** The texts of the aliases that a line defines, by name. */
function aliasesOf({ invocations }: ShellLine): Map<string, string> {
  const words = invocations.flatMap(({ name, args }) => (name === 'alias' ? args : []));
  return new Map(
    words.flatMap(({ raw }) => {
      const [, name = '', typed = ''] = /^([\w.-]+)=([\s\S]+)$/.exec(raw) ?? [];
      return name === '' ? [] : [[name, /^(['"])([\s\S]*)\1$/.exec(typed)?.[2] ?? typed]];
    }),
  );
}

/** The line that an alias stands for; null for every other command. */
function aliased({ name, aliasable, args }: Invocation, aliases: ReadonlyMap<string, string>): string | null {
  const text = aliasable && name !== null ? aliases.get(name) : undefined;
  return text === undefined ? null : [text, ...args.map(({ raw }) => raw)].join(' ');
}

/** `"$prefix"/bin/rm` is `rm` whatever the prefix. */
function commandName({ name, word }: Invocation): string | null {
  if (name !== null) return commandOf(name);
  const known = (word.shape ?? '').split('\0').pop() ?? '';
  return !word.pattern && /^\/(.*\/)?[\w.-]+$/.test(known) ? commandOf(known) : null;
}

function folder(args: readonly Word[], cwd: string | null, home: string): string | null {
  const target = args.find(({ raw }) => !raw.startsWith('-') || raw === '-');
  if (target === undefined) return home;
  if (target.text === null || target.text === '-' || target.pattern) return null;
  return absolutePath(target.text, cwd, home);
}

/** Programs that run a command of a package, with their subcommand for it; `''`: without one. */
export const packageRunners: Readonly<Record<string, readonly string[]>> = {
  npx: [''],
  bunx: [''],
  pnpx: [''],
  uvx: [''],
  npm: ['exec', 'x'],
  bun: ['x'],
  pnpm: ['dlx'],
  yarn: ['dlx'],
  pipx: ['run'],
};

/** The line that a program such as `npx` runs: `npx --yes prisma@6 migrate` runs `prisma migrate`; null: none. */
function packageRun(base: string | null, invocation: Invocation): string | null {
  if (base === 'nix' || base === 'nom') return nixRun(invocation);
  const subcommands = base !== null && Object.hasOwn(packageRunners, base) ? packageRunners[base] : undefined;
  if (subcommands === undefined) return null;
  const { operands, values } = sortArguments(invocation.args, [
    ...['-p', '--package', '-c', '--call', '-w', '--workspace', '--from', '--with', '--python', '--spec'],
  ]);
  const script = (values.get('-c') ?? values.get('--call'))?.[0]?.text;
  if (script != null) return script;
  const direct = subcommands.includes('');
  const at = invocation.args.indexOf(operands[direct ? 0 : 1] ?? invocation.word);
  const name = invocation.args[at]?.text;
  if (name == null || (!direct && !subcommands.includes(operands[0]?.text ?? ''))) return null;
  const command = name.replace(/^@[^/]+\//, '').replace(/@.*$/, '');
  return [command, ...invocation.args.slice(at + 1).map(({ raw }) => raw)].join(' ');
}

/** `nix run nixpkgs#ripgrep -- -n x` usually runs a command with the attribute's name. */
function nixRun({ args }: Invocation): string | null {
  const at = args.findIndex(({ text }) => text === 'run');
  const installable = args.slice(at + 1).find(({ raw }) => !raw.startsWith('-'))?.text;
  const name = at < 0 || installable == null ? undefined : /[#/:]([\w-]+)$/.exec(installable)?.[1];
  const dashes = args.findIndex(({ raw }) => raw === '--');
  if (name === undefined) return null;
  return [name, ...(dashes < 0 ? [] : args.slice(dashes + 1).map(({ raw }) => raw))].join(' ');
}
