import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dayNumber } from '../../generators/days.ts';
import type { Closure } from '../../generators/evidence/closure.ts';
import { type Evaluated, evaluated } from '../../generators/evidence/evaluated.ts';
import type { EvidenceWith } from '../../generators/evidence/evidence.ts';
import { shellHistory } from '../../generators/evidence/shell-history.ts';
import { noAliases } from '../../generators/snapshot/shell/aliases.ts';
import { knownNames } from '../../generators/snapshot/shell/known-names.ts';
import { takeShellHistory } from '../../generators/snapshot/shell/take-shell-history.ts';

/** A host for tests: its packages with their commands, and the options that its files set. */
export interface World {
  packages?: Record<string, string[]>;
  options?: string[];
  shell?: string;
  platform?: 'nixos' | 'home-manager';
  descriptions?: Record<string, string>;
  aliases?: Evaluated['aliases'];
  groups?: string[];
  /** Packages that the flake's files name elsewhere; without it the files were not read. */
  named?: string[];
  /** package -> the packages to which it refers; without it there is no closure. */
  references?: Record<string, string[]>;
  /** Programs in a folder of the home that is on PATH. */
  inHome?: string[];
}

/**
 * Lines of a history and how often each was typed, spread over the days of the history. `%` becomes the number of the use,
 * `;;` separates lines that were typed 20 seconds apart.
 */
export type Lines = readonly (readonly [text: string, times: number])[];

export const takenOn = '2026-06-30';
const end = Date.parse(`${takenOn}T12:00:00Z`) / 1000;

/** Enough of a history to show what is not used. */
export const busy: Lines = [
  ['vim f%', 150],
  ['make t%', 100],
];

/** A host, what was typed in the shell (fish keeps each line once, zsh every use), and what the recorder of `capture.enable` wrote. */
export interface Case {
  world?: World;
  lines?: Lines;
  recorded?: string;
  days?: number;
  shell?: 'fish' | 'zsh';
}

/** The evidence that the real snapshot takes from a case. */
export function evidenceOfCase({ world = {}, lines = busy, recorded: log, days, shell = 'fish' }: Case) {
  const typed = entriesOf(lines, days);
  return evidenceOf({ shell, ...world }, shell, shell === 'fish' ? fishText(typed) : zshText(typed), log);
}

/** Lines of the recorder: a command, its subcommand, an exit status, how often, and how many days ago. */
export function recorded(command: string, subcommand: string, status: number, times: number, daysAgo = 0): string {
  return `${dayNumber(takenOn) - daysAgo}\t${command}\t${subcommand}\t${status}\t12\t1\n`.repeat(times);
}

/** The lines in the order in which they were typed. */
function entriesOf(lines: Lines, days = 100): { time: number; text: string }[] {
  const entries: { time: number; text: string }[] = [];
  lines.forEach(([text, times], row) => {
    for (let use = 0; use < times; use++) {
      const time = Math.floor(end - ((use + 0.5) / times) * days * 86_400) + row * 600;
      for (const [offset, part] of text.split(' ;; ').entries()) {
        entries.push({ time: time + offset * 20, text: part.replaceAll('%', String(use)) });
      }
    }
  });
  return entries.sort((a, b) => a.time - b.time);
}

/** Each use should differ by a `%`, as fish keeps a line once. */
function fishText(entries: readonly { time: number; text: string }[]): string {
  return entries
    .map(({ time, text }) => `- cmd: ${text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n  when: ${time}\n`)
    .join('');
}

/** With a line that is repeated: a long history without one is one from which the shell removes duplicates. */
function zshText(entries: readonly { time: number; text: string }[]): string {
  const [first] = entries;
  return [
    ...(first
      ? [
          { time: first.time - 10, text: 'true' },
          { time: first.time - 5, text: 'true' },
        ]
      : []),
    ...entries,
  ]
    .map(({ time, text }) => `: ${time}:0;${text}\n`)
    .join('');
}

/** The evidence of a host, and the snapshot of a history and of a log of the recorder. */
export async function evidenceOf(
  world: World,
  shell: 'fish' | 'bash' | 'zsh',
  history: string,
  captureText?: string,
): Promise<EvidenceWith<'commands' | 'shellHistory'>> {
  const folder = mkdtempSync(path.join(tmpdir(), 'shell-world-'));
  try {
    const file = path.join(folder, `${shell}_history`);
    writeFileSync(file, history);
    const log = path.join(folder, 'commands.log');
    if (captureText !== undefined) writeFileSync(log, captureText);
    const bin = path.join(folder, '.local/bin');
    mkdirSync(bin, { recursive: true });
    for (const name of world.inHome ?? []) writeFileSync(path.join(bin, name), '#!/bin/sh\n', { mode: 0o755 });
    const snapshot = await takeShellHistory({
      histories: [{ kind: shell, file }],
      known: knownNames({ home: folder, user: 'ann', path: bin, profiles: [] }, [], []),
      aliases: noAliases,
      host: null,
      loginShell: shell,
      takenOn,
      since: null,
      captureLog: captureText === undefined ? null : log,
    });
    return { ...host(world), shellHistory: shellHistory.parse(snapshot) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function host({
  packages = {},
  options = [],
  shell = 'fish',
  platform = 'nixos',
  descriptions = {},
  aliases = [],
  groups = [],
  named,
  references,
}: World) {
  const declared = { list: 'environment.systemPackages', file: 'packages.nix', by: null };
  return {
    evaluated: evaluated.parse({
      schemaVersion: 1,
      platform,
      host: { name: 'h', system: 'x86_64-linux', stateVersion: null, release: null, kernel: null, desktop: [] },
      user: { name: 'ann', home: '/home/ann', shell, groups, homeManager: false },
      nixpkgs: { release: '26.05', revision: null },
      nixVersion: null,
      flake: { used: true, checkout: null, attribute: null, inputs: [] },
      packages: Object.entries(packages).map(([name, commands]) => ({
        id: name,
        name,
        version: '1',
        description: descriptions[name] ?? null,
        mainProgram: commands[0] ?? null,
        homepage: null,
        licenses: [],
        scopes: ['system'],
        base: false,
        declarations: [declared],
        ...(named ? { namedElsewhere: named.includes(name) ? [{ file: 'keys.nix', line: 7 }] : [] } : {}),
      })),
      options: options.map((option) => ({ option, scope: 'system', places: [{ file: 'x.nix' }], description: null })),
      aliases,
      agents: [],
      mcpServers: [],
      skipped: [],
    }),
    commands: { schemaVersion: 1 as const, packages },
    ...(references === undefined ? {} : { closure: closureOf(Object.keys(packages), references) }),
  };
}

/** Each package is one store path of its name. */
function closureOf(names: readonly string[], references: Readonly<Record<string, string[]>>): Closure {
  return {
    schemaVersion: 1,
    roots: Object.fromEntries(names.map((name) => [name, [name]])),
    services: {},
    paths: names.map((name) => ({ path: name, references: references[name] ?? [], narSize: 1 })),
  };
}
