import { baseName } from '../../lang/shell/collector.ts';
import type { Invocation, ShellLine, Word } from '../../lang/shell/line.ts';

/** Wrappers that hand on the status and the meaning of what they run; a pipeline's stage is what they run. */
const transparent = new Set([
  ...[
    'sudo',
    'doas',
    'run0',
    'pkexec',
    'env',
    'nice',
    'ionice',
    'nohup',
    'time',
    'command',
    'builtin',
    'exec',
    'stdbuf',
  ],
  ...['noglob', 'nocorrect', 'setsid', 'chrt', 'taskset', 'gamemoderun', 'nvidia-offload', 'direnv', 'systemd-inhibit'],
  ...['unbuffer', 'rlwrap', 'caffeinate', 'prime-run', 'mangohud', 'dbus-run-session', 'xvfb-run', 'proxychains4'],
]);

/** Index of the command that a stage really runs: `sudo env X=1 make` -> that of `make`. */
export function effective(line: ShellLine, index: number): number {
  const invocation = line.invocations[index] as Invocation;
  if (invocation.name === null || !transparent.has(baseName(invocation.name))) return index;
  const children: number[] = [];
  for (let at = index + 1; at < line.invocations.length; at++) {
    if (line.invocations[at]?.parent === index) children.push(at);
  }
  return children.length === 1 ? effective(line, children[0] as number) : index;
}

/** What the exit status of a line says about which of its pipelines. */
export type Verdict = { pipeline: number; status: number }[];

/**
 * The pipelines of which a line's status tells something: the one that ran last; of a list with `&&`
 * all of them if it is 0; of one with `||` all of them if it is not. Otherwise nobody can know.
 */
export function verdictOf(line: ShellLine, status: number): Verdict {
  const own = line.pipelines.flatMap((pipeline, index) => (pipeline.nested ? [] : [{ ...pipeline, index }]));
  let start = 0;
  own.forEach(({ connector }, at) => {
    if (connector === ';' || connector === '&') start = at;
  });
  const last = own.slice(start);
  if (last.length === 0 || last.some(({ background, negated }) => background || negated)) return [];
  const connectors = new Set(last.slice(1).map(({ connector }) => connector));
  const all = (): Verdict => last.map(({ index }) => ({ pipeline: index, status }));
  if (connectors.size === 0) return all();
  if (connectors.size > 1) return [];
  if (connectors.has('&&')) return status === 0 ? all() : [];
  return status !== 0 && status !== 127 && status < 128 ? all() : [];
}

/** Packages named to `nix-shell -p`, `nix shell`, `nix run`: their last attribute, and how they were asked for. */
export function fetchedPackages(invocation: Invocation): { how: 'nix-shell' | 'nix-run'; attributes: string[] } | null {
  const { name, args } = invocation;
  if (name === null) return null;
  const base = baseName(name);
  if (base === 'nix-shell') {
    const start = args.findIndex(({ text }) => text === '-p' || text === '--packages');
    if (start < 0) return null;
    const rest = args.slice(start + 1);
    const end = rest.findIndex(({ text }) => text === null || text.startsWith('-'));
    return { how: 'nix-shell', attributes: attributesOf(end < 0 ? rest : rest.slice(0, end)) };
  }
  if (base !== 'nix' && base !== 'nom') return null;
  const plain = args.filter(({ text }) => text !== null && !text.startsWith('-'));
  const sub = plain[0]?.text;
  if (sub === 'run') return { how: 'nix-run', attributes: attributesOf(plain.slice(1, 2).filter(isInstallable)) };
  if (sub === 'shell') return { how: 'nix-shell', attributes: attributesOf(plain.slice(1).filter(isInstallable)) };
  return null;
}

function isInstallable({ text }: Word): boolean {
  return (
    text !== null && /^(nixpkgs|n|pkgs|nixpkgs-unstable|unstable|flake:nixpkgs|github:NixOS\/nixpkgs[^#]*)#/i.test(text)
  );
}

function attributesOf(words: readonly Word[]): string[] {
  return words.flatMap(({ text }) => {
    const attribute = text
      ?.slice(text.indexOf('#') + 1)
      .split('.')
      .at(-1);
    return attribute ? [attribute] : [];
  });
}
