import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../errors.ts';
import type { Closure } from '../evidence/closure.ts';
import type { Commands } from '../evidence/commands.ts';
import type { Command } from './command.ts';

/** What `nix/output.nix` puts into the derivation's structured attributes, as far as it is read here. */
interface Attributes {
  storeDir: string;
  evaluated: object;
  settings: object;
  /** As `policies.json`, but where the user's text is built: then `textFile` is where it lies. */
  policies?: { textFile?: string };
  /** package id -> installed outputs; an element of a package list may be a file inside a store path */
  roots: Record<string, string[]>;
  /** enabled option -> the store paths of its package */
  services: Record<string, string[]>;
  /** folder, or the empty text */
  snapshots: string;
  closure: { path: string; references: string[]; narSize: number }[];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The executables that `folder/bin` offers; undefined without one. Hidden ones (`.rg-wrapped`) are no commands. */
async function commandsIn(folder: string): Promise<string[] | undefined> {
  try {
    const names = await readdir(join(folder, 'bin'));
    // As the schema has it: what nobody types by hand is no command.
    return names.filter((name) => !/^\.|[\s\p{C}]/u.test(name) && name.length <= 100).sort(compare);
  } catch {
    return undefined;
  }
}

/** The reference graph without the store's folder; that a path refers to itself says nothing and is left out. */
async function closureOf({ storeDir, roots, services, closure }: Attributes): Promise<Closure> {
  const nameOf = (path: string) => path.slice(storeDir.length + 1).split('/')[0] as string;
  const name = (table: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(table).map(([id, paths]) => [id, paths.map(nameOf)]));
  const paths = await Promise.all(
    closure.map(async ({ path, references, narSize }) => {
      const commands = await commandsIn(path);
      return {
        path: nameOf(path),
        references: references
          .filter((reference) => reference !== path)
          .map(nameOf)
          .sort(compare),
        narSize,
        ...(commands ? { commands } : {}),
      };
    }),
  );
  return {
    schemaVersion: 1,
    roots: name(roots),
    services: name(services),
    paths: paths.sort((a, b) => compare(a.path, b.path)),
  };
}

/** Whether a desktop shows it in its menu: a desktop entry that neither hides nor wants a terminal. */
async function hasWindows(folder: string): Promise<boolean> {
  const entries = join(folder, 'share/applications');
  const names = await readdir(entries).catch(() => []);
  const texts = await Promise.all(
    names
      .filter((name) => name.endsWith('.desktop'))
      .map((name) => readFile(join(entries, name), 'utf8').catch(() => '')),
  );
  return texts.some(
    (text) => /^Type=Application\s*$/m.test(text) && !/^(?:NoDisplay|Hidden|Terminal)=true\s*$/im.test(text),
  );
}

/** What each package puts on PATH: the union over its installed outputs. */
async function commandsOf(roots: Record<string, string[]>): Promise<Commands> {
  const entries = await Promise.all(
    Object.entries(roots).map(async ([id, outputs]) => {
      const names = (await Promise.all(outputs.map(commandsIn))).flatMap((commands) => commands ?? []);
      return [id, [...new Set(names)].sort(compare)] as const;
    }),
  );
  const graphical = await Promise.all(
    Object.entries(roots).map(async ([id, outputs]) =>
      (await Promise.all(outputs.map(hasWindows))).includes(true) ? [id] : [],
    ),
  );
  return { schemaVersion: 1, packages: Object.fromEntries(entries), graphical: graphical.flat().sort(compare) };
}

export const command: Command = {
  name: 'assemble',
  usage: '--attrs FILE --out DIR',
  description: `
Makes the folder that \`generate\` reads. Run by the Nix build, which hands over the evaluated
configuration and the reference graph in FILE (its structured attributes); the commands of every
package are read off the store.`,
  options: {
    attrs: { type: 'string', value: 'FILE', help: 'the build\u2019s $NIX_ATTRS_JSON_FILE' },
    out: { type: 'string', value: 'DIR', help: 'folder to write' },
  },
  async run({ values }) {
    const { attrs: file, out } = values;
    if (typeof file !== 'string' || typeof out !== 'string') {
      throw new UserError('usage', '`--attrs` and `--out` are needed', { hint: 'nixos-intelligence assemble --help' });
    }
    const attributes: Attributes = JSON.parse(await readFile(file, 'utf8'));
    const write = (name: string, data: unknown) => writeFile(join(out, name), JSON.stringify(data));

    await mkdir(join(out, 'snapshots'), { recursive: true });
    await write('evaluated.json', attributes.evaluated);
    await write('settings.json', attributes.settings);
    if (attributes.policies) {
      const { textFile, ...policies } = attributes.policies;
      const text = textFile === undefined ? {} : { text: await readFile(textFile, 'utf8') };
      await write('policies.json', { ...policies, ...text });
    }
    await write('closure.json', await closureOf(attributes));
    await write('commands.json', await commandsOf(attributes.roots));
    if (attributes.snapshots !== '') {
      // A folder that was built is handed over whole, whatever is in it.
      const names = await readdir(attributes.snapshots).catch(() => []);
      for (const name of names.filter((name) => name.endsWith('.json'))) {
        const content = await readFile(join(attributes.snapshots, name)).catch(() => undefined);
        if (content) await writeFile(join(out, 'snapshots', name), content);
      }
    }
    return 0;
  },
};
