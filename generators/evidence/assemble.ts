import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { byText } from '../order.ts';
import type { Closure } from './closure.ts';
import type { Commands } from './commands.ts';
import type { Evaluated } from './evaluated.ts';
import { formerOptions, withPackageRenames } from './former-names.ts';
import { addUnusedInputs } from './input-use.ts';
import { addNamedElsewhere } from './named-elsewhere.ts';
import type { RenamedOption } from './option-docs.ts';
import { locate, type SourceText } from './places.ts';
import { addProvenance, type OverlayAttribute } from './provenance.ts';
import { type OptionSources, readOptionDocs } from './read-option-docs.ts';
import { readSourceFiles } from './read-source-files.ts';
import { readSources } from './read-sources.ts';
import { rebuildWrapper } from './rebuild-wrapper.ts';

/** The structured attributes of the derivation in `nix/output.nix`, as far as they are read here. */
interface Attributes {
  storeDir: string;
  evaluated: Evaluated;
  settings: object;
  /** As `policies.json`; `textFile` is the path of the user's text if that is built by a derivation. */
  policies?: { textFile?: string };
  /** package id -> installed outputs; a package list may also hold a file inside a store path */
  roots: Record<string, string[]>;
  /** enabled option -> the store paths of its package */
  services: Record<string, string[]>;
  /** The folder with the configuration's `.nix` files and its scripts that rebuild, or an empty text. */
  sources: string;
  /** A folder, or an empty text. */
  snapshots: string;
  /** Where the documentation of all options is; absent without an index. */
  optionDocs?: OptionSources[];
  /** The attributes of overlays, and the file with plain versions, or an empty text; absent without an index. */
  origins?: { overlays: OverlayAttribute[]; plainVersions: string };
  /** The file with the packages for programs of the machine, or an empty text; absent without an index. */
  commandPackages?: string;
  closure: { path: string; references: string[]; narSize: number }[];
}

/**
 * Writes the folder that `readEvidence` reads: the evaluated configuration and the reference graph from the
 * derivation's structured attributes, the commands of every package from the store.
 */
export async function assembleEvidence(attributesFile: string, out: string): Promise<void> {
  const attributes: Attributes = JSON.parse(await readFile(attributesFile, 'utf8'));
  const write = (name: string, data: unknown) => writeFile(join(out, name), JSON.stringify(data));

  await mkdir(join(out, 'snapshots'), { recursive: true });
  const sources = attributes.sources === '' ? null : await readSources(attributes.sources);
  const commands = await commandsOf(attributes.roots);
  const docs = attributes.optionDocs === undefined ? null : await readOptionDocs(attributes.optionDocs, sources ?? []);
  const evaluated =
    sources === null ? attributes.evaluated : await fromSources(attributes, commands, sources, docs?.renamed);
  await write('evaluated.json', await withProvenance(evaluated, attributes));
  await write('settings.json', attributes.settings);
  if (attributes.policies) {
    const { textFile, ...policies } = attributes.policies;
    const text = textFile === undefined ? {} : { text: await readFile(textFile, 'utf8') };
    await write('policies.json', { ...policies, ...text });
  }
  if (docs !== null) await write('options.json', docs);
  if (docs !== null && sources !== null) await write('sources.json', readSourceFiles(sources));
  await write('closure.json', await closureOf(attributes));
  const available = attributes.commandPackages ? JSON.parse(await readFile(attributes.commandPackages, 'utf8')) : null;
  await write('commands.json', available === null ? commands : { ...commands, available });
  if (attributes.snapshots !== '') await copySnapshots(attributes.snapshots, join(out, 'snapshots'));
}

/** The evaluated configuration with what only its source text shows. */
async function fromSources(
  attributes: Attributes,
  commands: Commands,
  sources: readonly SourceText[],
  renamed?: readonly RenamedOption[],
): Promise<Evaluated> {
  const located = addUnusedInputs(locate(attributes.evaluated, sources, renamed), sources);
  const { flake, ...evaluated } = addNamedElsewhere(located, commands, sources);
  const wrapper = await rebuildWrapper(attributes.sources);
  const former = renamed === undefined ? {} : { formerOptions: formerOptions(located, sources, renamed) };
  return { ...evaluated, ...former, flake: { ...flake, ...(wrapper === null ? {} : { wrapper }) } };
}

async function withProvenance(evaluated: Evaluated, { origins, optionDocs }: Attributes): Promise<Evaluated> {
  if (origins === undefined) return evaluated;
  const { overlays, plainVersions } = origins;
  const versions = plainVersions === '' ? {} : JSON.parse(await readFile(plainVersions, 'utf8'));
  const provenance = addProvenance(evaluated, overlays, versions);
  const modules = optionDocs?.find(({ scope }) => scope === 'system')?.modules ?? '';
  return modules === '' ? provenance : withPackageRenames(provenance, modules);
}

/** Copies what can be read: a bad snapshot must not fail the build. */
async function copySnapshots(from: string, to: string): Promise<void> {
  const names = await readdir(from).catch(() => []);
  for (const name of names.filter((name) => name.endsWith('.json'))) {
    const content = await readFile(join(from, name)).catch(() => undefined);
    if (content) await writeFile(join(to, name), content);
  }
}

/** The reference graph, named without the store folder and without references of a path to itself. */
async function closureOf({ storeDir, roots, services, closure }: Attributes): Promise<Closure> {
  const nameOf = (path: string): string => path.slice(storeDir.length + 1).replace(/\/.*/s, '');
  const named = (table: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(table).map(([id, paths]) => [id, paths.map(nameOf)]));
  const paths = await Promise.all(
    closure.map(async ({ path, references, narSize }) => {
      const commands = await commandsIn(path);
      return {
        path: nameOf(path),
        references: references
          .filter((reference) => reference !== path)
          .map(nameOf)
          .sort(byText),
        narSize,
        ...(commands ? { commands } : {}),
      };
    }),
  );
  return {
    schemaVersion: 1,
    roots: named(roots),
    services: named(services),
    paths: paths.sort((a, b) => byText(a.path, b.path)),
  };
}

/** The commands of each package: the union over its installed outputs. */
async function commandsOf(roots: Record<string, string[]>): Promise<Commands> {
  const entries = await Promise.all(
    Object.entries(roots).map(async ([id, outputs]) => {
      const names = (await Promise.all(outputs.map(commandsIn))).flatMap((commands) => commands ?? []);
      const graphical = (await Promise.all(outputs.map(hasDesktopEntry))).includes(true);
      return { id, names: [...new Set(names)].sort(byText), graphical };
    }),
  );
  return {
    schemaVersion: 1,
    packages: Object.fromEntries(entries.map(({ id, names }) => [id, names])),
    graphical: entries.flatMap(({ id, graphical }) => (graphical ? [id] : [])).sort(byText),
  };
}

/** The executables in `folder/bin`; undefined if there is no `bin`. Hidden ones (`.rg-wrapped`) are left out. */
async function commandsIn(folder: string): Promise<string[] | undefined> {
  try {
    const names = await readdir(join(folder, 'bin'));
    // The same limits as in the schema of command names: nobody types the others by hand.
    return names.filter((name) => !/^\.|[\s\p{C}]/u.test(name) && name.length <= 100).sort(byText);
  } catch {
    return undefined;
  }
}

/** Whether desktops list the package in their menus: a desktop entry that is not hidden and needs no terminal. */
async function hasDesktopEntry(folder: string): Promise<boolean> {
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
