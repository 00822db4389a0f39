import { parse as parseToml } from 'smol-toml';
import { keysOf, objectAt, textAt } from '../../json-value.ts';
import { addDependencies, addNamed, type Found } from './found.ts';
import { addScriptTools } from './script-tools.ts';

/** Reads Cargo.toml: dependencies of all targets, lints. Packages of the same workspace do not count. */
export function readCargo(text: string, found: Found): void {
  const document = parseToml(text);
  const targets = objectAt(document, 'target');
  const tables = [document, ...keysOf(targets).map((target) => objectAt(targets, target))];
  const names = (kind: string): string[] =>
    tables.flatMap((table) => {
      const list = objectAt(table, kind);
      return keysOf(list).filter((name) => textAt(objectAt(list, name), 'path') === undefined);
    });
  addDependencies(found, 'rust', 'direct', [...names('dependencies'), ...names('build-dependencies')]);
  addDependencies(found, 'rust', 'dev', names('dev-dependencies'));
  for (const lints of [objectAt(document, 'lints'), objectAt(objectAt(document, 'workspace'), 'lints')]) {
    for (const tool of keysOf(lints)) addNamed(found, tool);
  }
}

/** Reads package.json: dependencies, scripts, the package manager, sections of tools. */
export function readPackageJson(text: string, found: Found): void {
  const document: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
  const names = (kind: string): string[] => {
    const list = objectAt(document, kind);
    return keysOf(list).filter((name) => !/^(workspace|file|link|portal):/.test(textAt(list, name) ?? ''));
  };
  addDependencies(found, 'node', 'direct', [...names('dependencies'), ...names('optionalDependencies')]);
  addDependencies(found, 'node', 'dev', names('devDependencies'));
  const scripts = objectAt(document, 'scripts');
  for (const name of keysOf(scripts)) addScriptTools(found, textAt(scripts, name) ?? '');
  addNamed(found, (textAt(document, 'packageManager') ?? '').replace(/@.*/, ''));
  const sections = [
    'ava',
    'jest',
    'mocha',
    'prettier',
    'eslintConfig',
    'stylelint',
    'husky',
    'lint-staged',
    'xo',
    'knip',
  ];
  for (const key of keysOf(document))
    if (sections.includes(key)) addNamed(found, key.replace('eslintConfig', 'eslint'));
}

/** Reads go.mod: direct requirements and tools. */
export function readGoMod(text: string, found: Found): void {
  const modules = (directive: string): string[] => {
    const blocks = [...text.matchAll(new RegExp(`^${directive}\\s*\\(([^)]*)\\)`, 'gm'))].map(
      ([, block = '']) => block,
    );
    const single = [...text.matchAll(new RegExp(`^${directive}\\s+([^(\\s].*)$`, 'gm'))].map(([, line = '']) => line);
    return [...blocks.flatMap((block) => block.split('\n')), ...single]
      .filter((line) => !/\/\/\s*indirect/.test(line))
      .flatMap((line) => /^\s*([\w.-]+\/\S+)/.exec(line)?.[1] ?? []);
  };
  const tools = modules('tool');
  addDependencies(found, 'go', 'direct', modules('require'));
  addDependencies(found, 'go', 'dev', tools);
  for (const tool of tools) addNamed(found, tool.slice(tool.lastIndexOf('/') + 1));
}

export function readComposer(text: string, found: Found): void {
  const document: unknown = JSON.parse(text);
  const names = (kind: string): string[] => keysOf(objectAt(document, kind)).filter((name) => name.includes('/'));
  addDependencies(found, 'php', 'direct', names('require'));
  addDependencies(found, 'php', 'dev', names('require-dev'));
  const scripts = objectAt(document, 'scripts');
  for (const name of keysOf(scripts)) addScriptTools(found, textAt(scripts, name) ?? '');
}

/** Reads the `gem` calls of a Gemfile; those in a group of development or test are for development. */
export function readGemfile(text: string, found: Found): void {
  let isInGroup = false;
  for (const line of text.split('\n')) {
    if (/^\s*group\b/.test(line)) isInGroup = /:?(development|test)\b/.test(line);
    else if (/^\s*end\b/.test(line)) isInGroup = false;
    const name = /^\s*gem\s+["']([\w.-]+)["']/.exec(line)?.[1];
    if (name === undefined) continue;
    const isDev = isInGroup || /group:?\s*(=>)?.*(development|test)/.test(line);
    addDependencies(found, 'ruby', isDev ? 'dev' : 'direct', [name]);
  }
}

export function readGemspec(text: string, found: Found): void {
  for (const [, kind, name = ''] of text.matchAll(/\.add_(development_|runtime_)?dependency\(?\s*["']([\w.-]+)["']/g)) {
    addDependencies(found, 'ruby', kind === 'development_' ? 'dev' : 'direct', [name]);
  }
}

/** Reads the list of `deps` in mix.exs. */
export function readMix(text: string, found: Found): void {
  for (const [, name = '', rest = ''] of text.matchAll(/\{\s*:(\w+)\s*,([^}]*)\}/g)) {
    if (!/["']|git:|path:|github:/.test(rest)) continue;
    addDependencies(found, 'elixir', /only:\s*\[?[^\]]*:(dev|test)/.test(rest) ? 'dev' : 'direct', [name]);
  }
}

/**
 * Reads the plugins and test libraries of Gradle, its version catalogs and Maven: their names only, versions and scripts
 * are code.
 */
export function readJvm(text: string, found: Found): void {
  const names = [
    // `group:name:version`, and `plugin:version` of a catalog
    ...text.matchAll(/["']([\w.-]+):([\w.-]+)(?::[^"']*)?["']/g),
    ...text.matchAll(/<artifactId>\s*([\w.-]+)\s*</g),
    ...text.matchAll(/\b(?:id|name)\s*[(=]?\s*["']([\w.-]+)["']/g),
  ].flatMap(([, ...parts]) => parts);
  for (const name of names) for (const tool of nothingButTools('jvm', name)) found.tools.add(tool);
}

/** Reads the `build-depends` of a .cabal file or the dependencies of hpack: their tools only. */
export function readHaskell(text: string, found: Found): void {
  for (const name of ['hspec', 'tasty']) if (new RegExp(`\\b${name}\\b`).test(text)) addNamed(found, name);
}

function nothingButTools(type: 'jvm', name: string) {
  const scratch: Found = { tools: new Set(), dependencies: new Map(), unreadable: 0 };
  addDependencies(scratch, type, 'dev', [name]);
  return scratch.tools;
}
