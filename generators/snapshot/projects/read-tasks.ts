import { parse as parseToml } from 'smol-toml';
import { parseDocument } from 'yaml';
import { itemsAt, keysOf, objectAt, textAt } from '../../json-value.ts';
import { addNamed, type Found } from './found.ts';
import { addScriptTools } from './script-tools.ts';

/** Keys of CI files, Taskfiles and lefthook under which commands stand. */
const commandKeys = new Set([
  'run',
  'script',
  'before_script',
  'after_script',
  'command',
  'commands',
  'cmd',
  'cmds',
  'steps',
]);

/**
 * Reads a YAML file of CI or tasks: the commands that it runs and the actions that it uses.
 *
 * @throws YAMLParseError and the like for a text that is no YAML
 */
export function readTaskYaml(text: string, found: Found): void {
  addCommands(yaml(text), false, found, 0);
}

function addCommands(value: unknown, isCommand: boolean, found: Found, depth: number): void {
  if (depth > 30) return;
  if (typeof value === 'string') {
    // `${{ matrix.x }}` of GitHub is no shell.
    if (isCommand) addScriptTools(found, value.replace(/\$\{\{[^}]*\}\}/g, 'x'));
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) addCommands(item, isCommand, found, depth + 1);
    return;
  }
  for (const key of keysOf(value)) {
    const action = key === 'uses' ? textAt(value, key) : undefined;
    if (action !== undefined) addNamed(found, action.replace(/@.*/, '').replace(/^.*\//, ''));
    const inner =
      value !== null && typeof value === 'object'
        ? Object.entries(value).find(([name]) => name === key)?.[1]
        : undefined;
    addCommands(inner, commandKeys.has(key), found, depth + 1);
  }
}

/** Reads .pre-commit-config.yaml: the names of hooks and repositories, and the entries of local hooks. */
export function readPreCommit(text: string, found: Found): void {
  for (const repository of itemsAt(yaml(text), 'repos')) {
    const name = (textAt(repository, 'repo') ?? '').replace(/\.git$/, '').replace(/^.*\//, '');
    // The repository of the standard hooks has the former name of git-hooks.nix.
    if (name !== 'pre-commit-hooks') addNamed(found, name);
    for (const hook of itemsAt(repository, 'hooks')) {
      addNamed(found, textAt(hook, 'id') ?? '');
      addScriptTools(found, textAt(hook, 'entry') ?? '');
    }
  }
}

/** Reads the recipes of a Makefile, with the values of its simple variables: `$(GO) vet`. */
export function readMakefile(text: string, found: Found): void {
  const lines = text.replace(/\\\n\s*/g, ' ').split('\n');
  const variables = new Map(
    lines.flatMap((line) => {
      const [, name = '', value = ''] = /^(\w+)\s*[:?]?=\s*([\w./ -]+?)\s*$/.exec(line) ?? [];
      return name === '' ? [] : [[name, value] as const];
    }),
  );
  for (const line of lines) {
    if (!line.startsWith('\t')) continue;
    const recipe = line.trim().replace(/^[@+-]+/, '');
    addScriptTools(
      found,
      recipe.replace(/\$[({](\w+)[)}]/g, (whole, name) => variables.get(name) ?? whole).replace(/\$\$/g, '$'),
    );
  }
}

/** Reads the recipes of a justfile. */
export function readJustfile(text: string, found: Found): void {
  for (const line of text.replace(/\\\n\s*/g, ' ').split('\n')) {
    if (/^[ \t]+\S/.test(line))
      addScriptTools(
        found,
        line
          .trim()
          .replace(/^[@-]+/, '')
          .replace(/\{\{[^}]*\}\}/g, 'x'),
      );
  }
}

/** Reads mise.toml, pixi.toml and bacon.toml: tools and the commands of tasks. */
export function readTaskToml(text: string, found: Found): void {
  const document = parseToml(text);
  for (const name of keysOf(objectAt(document, 'tools'))) addNamed(found, name.replace(/^.*[:/]/, ''));
  addCommands(document, false, found, 0);
}

function yaml(text: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return document.toJS({ maxAliasCount: 100 });
}
