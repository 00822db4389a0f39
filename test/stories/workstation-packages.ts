import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Closure } from '../../generators/evidence/closure.ts';
import type { Commands } from '../../generators/evidence/commands.ts';
import type { EvaluatedPackage } from '../../generators/evidence/evaluated.ts';

/** A row of workstation-packages.txt. */
interface Row {
  section: string;
  name: string;
  version: string;
  bytes: number;
  dependencies: string[];
  commands: string[];
  description: string;
  comment: string;
}

const text = readFileSync(new URL('workstation-packages.txt', import.meta.url), 'utf8');
const rows = readRows();
const libraries = rows.filter(({ section }) => section === 'libraries');
const packages = rows.filter(({ section }) => section !== 'libraries');
const isDeclared = ({ section }: Row): boolean => section !== 'base';

function readRows(): Row[] {
  let section = '';
  return text.split('\n').flatMap((line): Row[] => {
    if (line === '' || line.startsWith('#')) return [];
    const title = /^\[(.*)\]$/.exec(line)?.[1];
    if (title !== undefined) {
      section = title;
      return [];
    }
    const [name = '', version = '', megabytes = '', dependencies = '', commands = '', description = '', comment = ''] =
      line.split('|').map((cell) => cell.trim());
    const words = (cell: string): string[] => cell.split(' ').filter((word) => word !== '');
    return [
      {
        section,
        name,
        version,
        bytes: Number(megabytes) * 1_000_000,
        dependencies: words(dependencies),
        commands: words(commands),
        description,
        comment,
      },
    ];
  });
}

const userPackages = 'users.users.kim.packages';
/** The list and the file that each section of the table stands for. */
function placeOf({ section }: Row): { list: string; file: string; scope: 'system' | 'user' | 'home' } {
  if (section === userPackages) return { list: userPackages, file: 'hosts/workstation.nix', scope: 'user' };
  return section.startsWith('home/')
    ? { list: 'home.packages', file: section, scope: 'home' }
    : { list: 'environment.systemPackages', file: section, scope: 'system' };
}

/** The packages as evaluation describes them. */
export function evaluatedPackages(): EvaluatedPackage[] {
  return packages.map((row): EvaluatedPackage => {
    const { list, file, scope } = placeOf(row);
    return {
      id: row.name,
      name: row.name,
      version: row.version,
      description: row.description,
      mainProgram: row.commands[0] ?? null,
      homepage: `https://example.org/${row.name}`,
      licenses: ['MIT'],
      scopes: [isDeclared(row) ? scope : 'system'],
      base: !isDeclared(row),
      declarations: isDeclared(row) ? [{ list, file, by: null }] : [],
    };
  });
}

/** What each package puts on PATH. */
export function packageCommands(): Commands {
  return {
    schemaVersion: 1,
    packages: Object.fromEntries(packages.map(({ name, commands }) => [name, [...commands].sort()])),
    graphical: packages.filter(({ section }) => section === 'home/desktop.nix').map(({ name }) => name),
  };
}

/** The reference graph: each package refers to glibc and to its libraries, those to theirs. */
export function packageClosure(services: Readonly<Record<string, string>>): Closure {
  const paths = new Map(rows.map((row) => [row.name, storeName(row)]));
  const pathOf = (name: string): string => {
    const path = paths.get(name) ?? paths.get(`${name}-lib`);
    if (path === undefined) throw new Error(`workstation-packages.txt has no \`${name}\``);
    return path;
  };
  const library = (name: string): string => {
    const row = libraries.find((one) => one.name === name || one.name === `${name}-lib`);
    if (row === undefined) throw new Error(`workstation-packages.txt has no library \`${name}\``);
    return storeName(row);
  };
  return {
    schemaVersion: 1,
    roots: Object.fromEntries(packages.map(({ name }) => [name, [pathOf(name)]])),
    services: Object.fromEntries(Object.entries(services).map(([option, name]) => [option, [pathOf(name)]])),
    paths: rows.map((row) => ({
      path: storeName(row),
      references: (row.name === 'glibc' ? [] : [...new Set(['glibc', ...row.dependencies])]).map(library).sort(),
      narSize: row.bytes,
      ...(row.commands.length > 0 ? { commands: [...row.commands].sort() } : {}),
    })),
  };
}

function storeName({ name, version }: Row): string {
  const hash = createHash('sha256').update(`${name}-${version}`).digest('hex').slice(0, 32);
  return `${hash}-${name}-${version}`;
}

/** The modules that declare the packages, by file. */
export function moduleFiles(): Record<string, string> {
  const files: Record<string, string> = {};
  for (const { file, list } of packages.filter(isDeclared).map(placeOf)) {
    const entries = packages
      .filter((row) => isDeclared(row) && placeOf(row).file === file)
      .map(({ name, comment }) => `    ${name}${comment === '' ? '' : ` # ${comment}`}\n`);
    files[file] = `{ pkgs, ... }:\n{\n  ${list} = with pkgs; [\n${entries.join('')}  ];\n}\n`;
  }
  return files;
}
