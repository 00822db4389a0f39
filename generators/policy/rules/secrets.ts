import { code, inline } from '../../inline.ts';
import { texts } from '../../lang/shell/arguments.ts';
import { commandFacts, readsFiles } from '../../lang/shell/command-table.ts';
import type { Access, Exec } from '../call.ts';
import { globRegExp } from '../glob.ts';
import { exampleSecrets, secretFolder, secretPath, secretWords, unreadableFiles } from '../secret-paths.ts';
import { absolutePath, expandGlob, realPath, type World } from '../world.ts';
import type { ReadyMadeRule } from './rule.ts';

/** Reading private keys, environment files, age and sops keys, decrypted secrets. */
export const secrets: ReadyMadeRule<object> = {
  name: 'secrets',
  default: 'block',
  description: 'Reading private keys, {file}`.env` files, age and sops keys, decrypted secrets, password files.',
  inspects: () => ['reads'],
  compile: () => ({ rule: {} }),

  checkFile(access, _rule, world) {
    if (access.how === 'edit') return null;
    const what = secretOf(access, world);
    if (what === null) return null;
    const shown = access.word.raw.replaceAll('`', "'").slice(0, 100);
    if (access.how === 'mention') {
      return {
        certainty: 'cautious',
        reason: `\`${access.by}\` gets \`${shown}\`, ${what}, and may print its content.`,
      };
    }
    return {
      reason: `\`${shown}\` is ${what}: its content must not enter this conversation. Ask for the names of its keys, or use the program that reads it.`,
    };
  },

  checkCommand(exec) {
    // `source .env` alone loads the file; followed by a command that prints variables it shows the content.
    if (exec.base !== 'source' && exec.base !== '.') return null;
    const file = exec.args[0]?.text;
    if (file == null || secretPath(file) === null) return null;
    const prints = exec.line.invocations.some(
      ({ name, args }) =>
        (/^(printenv|env|set|export|declare|typeset|compgen)$/.test(name ?? '') &&
          args.every(({ raw }) => raw.startsWith('-'))) ||
        (/^(echo|printf)$/.test(name ?? '') && args.some(({ raw }) => raw.includes('$'))),
    );
    return prints ? { reason: `The line would load \`${file}\` and print its content.` } : null;
  },

  // Names that one command lists and another one reads: `find . -name .env | xargs cat`.
  checkLine(execs) {
    if (!execs.some(readsListedFiles)) return null;
    for (const exec of execs) {
      if (!listsFiles(exec)) continue;
      for (const text of texts(exec.args)) {
        const what = secretPath(text.replace(/[*?]+$/, ''));
        if (what !== null)
          return {
            certainty: 'cautious',
            reason: `\`${text}\` is ${what}, and its name is passed to a command that reads files.`,
          };
      }
    }
    return null;
  },

  checkCode(text) {
    const what = secretPath(text);
    return what === null ? null : { reason: `The code names \`${text.slice(0, 100)}\`, ${what}.` };
  },

  mayMatch: () => ({ texts: secretWords }),
  unreadable: unreadableFiles,

  sentence: () => inline`reading private keys, ${code('.env')} files, age and sops keys.`,
};

const listsFiles = ({ base }: Exec): boolean => base !== null && commandFacts(base)?.lists === true;

function readsListedFiles({ base, wrappers, args }: Exec): boolean {
  const facts = base === null ? undefined : commandFacts(base);
  if (facts === undefined || !readsFiles(facts)) return false;
  return (
    wrappers.some((wrapper) => /^(xargs|parallel|find|fd)$/.test(wrapper)) || args.some(({ text }) => text === null)
  );
}

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
