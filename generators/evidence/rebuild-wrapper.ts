import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { byText } from '../order.ts';

/** In bytes: a larger file is not a handwritten script. */
const largest = 2 ** 18;

const scriptName = /^(?:nixos-)?(?:rebuild|switch|apply)(?:[-_.][\w.-]*)?$/;
const recipeName = /^(?:nixos-)?(?:rebuild|switch|apply|os|system)(?:[-_](?:switch|rebuild|system|os|host))?$/;

const rebuilds = /\b(?:nixos-rebuild|nh\s+os)\b[^\n#]*\bswitch\b/;

/** Options may be in a variable: `nixos-rebuild "$MODE"`. */
const mayRebuild = /\b(?:nixos-rebuild|nh\s+os)\b/;

/** A shell's first argument without a default; with `$#`, `$@` or `shift` it is optional. */
const firstArgument = /\$(?:1|\{1(?![:]?-)[^}]*\})/;
const optionalArguments = /\$#|\$@|\bshift\b/;

/**
 * The command of the repository's own that rebuilds a NixOS configuration, from its top-level files: a script such
 * as `./rebuild`, or a recipe of a justfile or Makefile that runs `nixos-rebuild` or `nh`. Null where there is
 * none, where it needs arguments, or where several are equally likely.
 */
export async function rebuildWrapper(folder: string): Promise<string | null> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.flatMap((entry) => (entry.isFile() ? [entry.name] : [])).sort(byText);
  const scripts: string[] = [];
  const commands: string[] = [];
  for (const name of names) {
    const runner = /^\.?justfile$/i.test(name) ? 'just' : /^(?:GNU)?makefile$/i.test(name) ? 'make' : undefined;
    if (runner === undefined && !scriptName.test(name)) continue;
    const file = await stat(join(folder, name));
    const text = file.size <= largest ? await readFile(join(folder, name), 'utf8') : '';
    if (runner !== undefined) {
      const recipe = only(recipesOf(text));
      if (recipe !== null) commands.push(`${runner} ${recipe}`);
    } else if ((file.mode & 0o111) !== 0 && isRebuildScript(text)) {
      scripts.push(name);
    }
  }
  const script = only(scripts);
  return script !== null ? `./${script}` : commands.length === 1 ? (commands[0] ?? null) : null;
}

function isRebuildScript(text: string): boolean {
  const code = text.replace(/^\s*#.*$/gm, '');
  return text.startsWith('#!') && mayRebuild.test(code) && !(firstArgument.test(code) && !optionalArguments.test(code));
}

/** The recipes that switch to the configuration and need no arguments. */
function recipesOf(text: string): string[] {
  const bodies = new Map<string, string[]>();
  let body: string[] | undefined;
  for (const line of text.split('\n')) {
    // `name parameters: dependencies`, not `name := value`.
    const [, name, parameters = ''] = /^@?([\w-]+)((?:\s[^:]*)?):(?!=)/.exec(line) ?? [];
    if (name !== undefined) {
      body = [];
      if (recipeName.test(name) && !needsArguments(parameters)) bodies.set(name, body);
    } else if (/^\s+[^\s#]/.test(line)) body?.push(line);
  }
  return [...bodies].flatMap(([name, lines]) => {
    const code = lines.join('\n');
    // A recipe that deploys to another machine is another command.
    return rebuilds.test(code) && !code.includes('--target-host') ? [name] : [];
  });
}

/** Parameters of a recipe: `name` and `+names` need a value, `name="value"` and `*names` do not. */
function needsArguments(parameters: string): boolean {
  return parameters.split(/\s+/).some((word) => /^[+$]*[\w-]+$/.test(word));
}

/** The only name, or the prefix of all others: `rebuild` beside `rebuild-test`. */
function only(names: readonly string[]): string | null {
  const shortest = [...names].sort((a, b) => a.length - b.length || byText(a, b))[0];
  return shortest !== undefined && names.every((name) => name.startsWith(shortest)) ? shortest : null;
}
