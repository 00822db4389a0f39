import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { bytes } from '../../../bytes.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { at, counted, destination, linkTarget, type Machine, namesIn } from '../machine.ts';
import { run } from '../run.ts';

const days = 30;
/** Fewer are a choice: the newest to roll back to. */
const most = 15;

export const generations: Check = {
  id: 'generations',
  severity: 'info',
  reads: 'the generations of system and home, and the size of what only the old ones retain',
  async run(machine) {
    const all = profiles(machine);
    if (all.length === 0) return notApplicable('there are no generations');
    const old = all.flatMap(({ links }) => links.filter(({ isCurrent, age }) => !isCurrent && age > days));
    const count = all.reduce((sum, { links }) => sum + links.length, 0);
    if (old.length === 0 || count <= most) return ok(counted(count, 'generation'));
    const size = await retainedBy(
      machine,
      all.flatMap(({ links }) => links),
      old,
    );
    return finding(
      `${counted(old.length, 'generation')} over ${days} days old${size === undefined ? '' : `, which alone retain ${size}`}`,
      all.map(({ name, links }) => {
        const oldest = Math.max(...links.map(({ age }) => age));
        return `${name}: ${counted(links.length, 'generation')}, the oldest ${counted(Math.floor(oldest), 'day')} old`;
      }),
      `${all.some(({ name }) => name === 'system') ? 'sudo ' : ''}nix-collect-garbage --delete-older-than ${days}d`,
    );
  },
};

interface Generation {
  /** Where it leads to. */
  target: string;
  isCurrent: boolean;
  /** In days. */
  age: number;
}

function profiles(machine: Machine): { name: string; links: Generation[] }[] {
  const folders = [
    { folder: '/nix/var/nix/profiles', name: 'system' },
    { folder: join(machine.home, '.local/state/nix/profiles'), name: 'home-manager' },
  ];
  return folders.flatMap(({ folder, name }) => {
    const current = linkTarget(machine, join(folder, name));
    const links = namesIn(machine, folder).flatMap((link): Generation[] => {
      if (!link.startsWith(`${name}-`) || !/^\d+-link$/.test(link.slice(name.length + 1))) return [];
      const target = destination(machine, join(folder, link));
      const made = lstatSync(join(at(machine, folder), link)).mtimeMs;
      return target === undefined
        ? []
        : [{ target, isCurrent: join(folder, link) === current, age: (machine.now - made) / 86_400_000 }];
    });
    return links.length === 0 ? [] : [{ name, links }];
  });
}

/** The size of the store paths that only these generations retain; undefined where Nix does not answer in time. */
async function retainedBy(machine: Machine, all: readonly Generation[], old: readonly Generation[]) {
  if (machine.root !== '') return undefined;
  const recent = [...new Set(all.filter((one) => !old.includes(one)).map(({ target }) => target))];
  const [before, after] = await Promise.all(
    [[...new Set(all.map(({ target }) => target))], recent].map((paths) =>
      run(machine, 'nix', [
        ...['--extra-experimental-features', 'nix-command', 'path-info', '--offline', '--recursive', '--size'],
        ...paths,
      ]),
    ),
  );
  if (before === undefined || after === undefined) return undefined;
  const [more, less] = [before, after].map((text) =>
    text.split('\n').reduce((sum, line) => sum + Number(/\s(\d+)$/.exec(line)?.[1] ?? 0), 0),
  );
  return bytes((more ?? 0) - (less ?? 0));
}
