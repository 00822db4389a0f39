import type { Access, Check } from '../call.ts';
import type { CompiledRule } from '../schema.ts';
import { exampleSecrets, secretFolder, secretPath } from '../secret-paths.ts';
import { absolutePath, expandGlob, globRegExp, realPath, type World } from '../world.ts';

/** Reading of private keys, environment files, age and sops keys, decrypted secrets. */
export const secrets: Check<Extract<CompiledRule, { rule: 'secrets' }>> = {
  access(access, _rule, world) {
    if (access.how === 'edit') return null;
    const what = secretOf(access, world);
    if (what === null) return null;
    const shown = access.word.raw.replaceAll('`', "'").slice(0, 100);
    if (access.how === 'mention') {
      return {
        certainty: 'cautious',
        reason: `\`${access.by}\` is given \`${shown}\`, ${what}, and may show what is in it.`,
      };
    }
    return {
      reason: `\`${shown}\` is ${what}: what is in it must not enter this conversation. Ask for the names of its keys, or use the program that reads it.`,
    };
  },
  command(exec) {
    // `source .env` alone loads it; followed by something that prints variables it shows it.
    if (exec.base !== 'source' && exec.base !== '.') return null;
    const file = exec.args[0]?.text;
    if (file == null || secretPath(file) === null) return null;
    const prints = exec.line.invocations.some(
      ({ name, args }) =>
        (/^(printenv|env|set|export|declare|typeset|compgen)$/.test(name ?? '') &&
          args.every(({ raw }) => raw.startsWith('-'))) ||
        (/^(echo|printf)$/.test(name ?? '') && args.some(({ raw }) => raw.includes('$'))),
    );
    return prints ? { reason: `It would load \`${file}\` and print what it holds.` } : null;
  },
};

function secretOf({ word, cwd, how }: Access, world: World): string | null {
  const text = word.text;
  if (text === null) {
    // What is known of it may be enough: `"$dir/.env"`.
    const known = (word.shape ?? '').split('\0').pop() ?? '';
    return known === '' ? null : secretPath(known);
  }
  const path = absolutePath(text, cwd, world.home) ?? text;
  if (!word.pattern || !/[*?[]/.test(text))
    return how === 'read' ? (pathOrTarget(path) ?? secretFolder(path)) : secretPath(path);
  const names = globRegExp(path.slice(path.lastIndexOf('/') + 1));
  const files = expandGlob(path);
  if (files !== null && files.length > 0) {
    for (const file of files) {
      const what = pathOrTarget(file);
      if (what !== null) return what;
    }
    return null;
  }
  const dotted = /(^|\/)\.[^/]*$/.test(path);
  const example = exampleSecrets.find((name) => (dotted || !name.startsWith('.')) && names.test(name));
  const narrow =
    /[A-Za-z]{2}/.test(path.slice(path.lastIndexOf('/') + 1)) ||
    dotted ||
    secretFolder(path.slice(0, path.lastIndexOf('/'))) !== null;
  return example !== undefined && narrow ? secretPath(example) : null;
}

function pathOrTarget(path: string): string | null {
  return secretPath(path) ?? (path.startsWith('/') ? secretPath(realPath(path)) : null);
}
