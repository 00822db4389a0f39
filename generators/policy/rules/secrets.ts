import { existsSync } from 'node:fs';
import { code, inline } from '../../inline.ts';
import { sortArguments, texts } from '../../lang/shell/arguments.ts';
import { commandFacts, readsFiles } from '../../lang/shell/command-table.ts';
import type { Access, Exec, Match, ToolCall } from '../call.ts';
import { globRegExp } from '../glob.ts';
import { filesReadByCode } from '../inline-code.ts';
import { printsOnlyNames } from '../names-only.ts';
import { type Search, searchedSecret } from '../searched-secrets.ts';
import {
  isExported,
  mayShowFile,
  printsEnvironment,
  printsStoredSecret,
  printsVariables,
  secretCommands,
} from '../secret-commands.ts';
import { exampleSecrets, secretFolder, secretPath, secretWords, unreadableFiles } from '../secret-paths.ts';
import { absolutePath, expandGlob, realPath, type World, wordPath } from '../world.ts';
import type { ReadyMadeRule } from './rule.ts';

/** Reading private keys, environment files, age and sops keys, decrypted secrets, and what password managers print. */
export const secrets: ReadyMadeRule<object> = {
  name: 'secrets',
  default: 'block',
  description: `
    Reading private keys, {file}\`.env\` files, age and sops keys, decrypted secrets and password files; printing a secret
    with {command}\`sops -d\`, {command}\`pass\`, {command}\`op\`, {command}\`gh auth token\` and the like; printing the
    environment while it has a variable with the name of a secret. What prints only names ({command}\`cut -d= -f1 .env\`)
    passes.`,
  compile: () => ({ rule: {} }),

  checkFile(access, _rule, world) {
    if (access.how !== 'read' && access.how !== 'mention') return null;
    const what = secretOf(access, world);
    if (what === null) return null;
    if (access.exec !== undefined && (printsOnlyNames(access.exec) || isExported(access.exec))) return null;
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

  checkCommand(exec, _rule, world) {
    const printed = printsStoredSecret(exec) ?? printsEnvironment(exec, world);
    if (printed !== null) {
      return {
        reason: `${printed}: it must not enter this conversation. Use it where it is needed, without showing it.`,
      };
    }
    const shown = mayShowFile(exec);
    if (shown !== null) return { certainty: 'cautious', reason: `${shown}.` };
    return loadedAndPrinted(exec) ?? search(exec, world);
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

  checkCode(text, _rule, world) {
    const file = filesReadByCode(text, (literal) => secretPath(literal) !== null)[0];
    if (file !== undefined) return { reason: `The code reads \`${file.slice(0, 100)}\`, ${secretPath(file)}.` };
    const name = printedName(text, world.secretNames);
    return name === null ? null : { reason: `The code prints the environment, in which \`${name}\` is a secret.` };
  },

  checkTool: (call, _rule, world) => (call.tool === 'Grep' ? grepTool(call, world) : null),

  mayMatch: () => ({
    texts: [...secretWords, 'environ'],
    commands: [...secretCommands, 'git'],
    words: ['git-credential', 'credential', 'env', 'printenv', 'set', 'export', 'declare', 'typeset'],
    patterns: ['--hidden', '-uu*'],
    tools: ['Grep'],
  }),
  unreadable: unreadableFiles,

  sentence: () =>
    inline`reading private keys, ${code('.env')} files, age and sops keys; printing secrets with ${code('sops -d')}, ${code('pass')} and the like.`,
};

/** The secret of the environment that code prints; null: none. */
function printedName(code: string, names: readonly string[]): string | null {
  if (printsAll.test(code) || /^\s*process\.env\s*;?\s*$/.test(code)) return names[0] ?? null;
  const one =
    /(?:^\s*|(?:print|console\.\w+|write|\bputs|\bpp?|echo)\s*\(?.{0,40})(?:process\.env\.|(?:process\.env|os\.environ|ENV)(?:\.(?:get|fetch)\(|\[)\s*["']|getenv\(\s*["'])(\w+)/;
  const name = one.exec(code)?.[1];
  return name !== undefined && names.includes(name) ? name : null;
}

/** The environment as a whole, printed: in Python, Node and Ruby. */
const printsAll =
  /(print|console\.\w+|pprint|dumps|write|stringify|\bputs|\bpp?|echo)\s*\(?.{0,40}\b(os\.environ|process\.env|ENV)\b(?!\s*(\[|\.\s*(get|fetch|pop|setdefault|update|[A-Z])))/;

/** `source .env` alone loads the file; followed by a command that prints its variables it shows the content. */
function loadedAndPrinted(exec: Exec): Match | null {
  if (exec.base !== 'source' && exec.base !== '.') return null;
  const file = exec.args[0]?.text;
  if (file == null || secretPath(file) === null) return null;
  return exec.line.invocations.some(printsVariables)
    ? { reason: `The line would load \`${file}\` and print its content.` }
    : null;
}

const listsFiles = ({ base }: Exec): boolean => base !== null && commandFacts(base)?.lists === true;

function readsListedFiles(exec: Exec): boolean {
  const facts = exec.base === null ? undefined : commandFacts(exec.base);
  if (facts === undefined || !readsFiles(facts) || printsOnlyNames(exec)) return false;
  return (
    exec.wrappers.some((wrapper) => /^(xargs|parallel|find|fd)$/.test(wrapper)) ||
    exec.args.some(({ text }) => text === null)
  );
}

/** `grep -r KEY .` and `rg --hidden KEY` print lines of the secret files that they find. */
function search(exec: Exec, world: World): Match | null {
  const isRg = exec.base === 'rg';
  if (!isRg && !/^[ef]?grep$/.test(exec.base ?? '')) return null;
  const { options, operands, values, dynamic } = sortArguments(exec.args, [
    ...[
      '-e',
      '--regexp',
      '-A',
      '-B',
      '-C',
      '-m',
      '--include',
      '--exclude',
      '--exclude-dir',
      '-g',
      '--glob',
      '-t',
      '-T',
    ],
    ...['--type', '-f', '--file'],
  ]);
  const has = (...names: string[]): boolean => names.some((name) => options.has(name));
  const recursive = isRg
    ? has('--hidden', '-.', '-uu', '-uuu') || exec.args.some(({ raw }) => /^-u{2,3}$/.test(raw))
    : has('-r', '-R', '--recursive', '--dereference-recursive');
  if (!recursive || dynamic || exec.remote || has('-t', '--type') || printsOnlyNames(exec)) return null;
  const given = values.get('-e') ?? values.get('--regexp');
  const folders = given === undefined ? operands.slice(1) : operands;
  const fixed = exec.base === 'fgrep' || has('-F', '--fixed-strings');
  const pattern = (given ?? operands)[0]?.text ?? null;
  const globs = ['--include', '-g', '--glob'].flatMap((name) => texts(values.get(name) ?? []));
  for (const folder of folders.length > 0 ? folders : [here]) {
    const path = folder.text === null ? null : wordPath({ ...folder, text: folder.text }, exec.cwd, world.home);
    if (path === null) continue;
    const found = searchedSecret({
      folder: path,
      pattern: pattern !== null && fixed ? pattern.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : pattern,
      ignoreCase: has('-i', '--ignore-case'),
      globs: globs.filter((glob) => !glob.startsWith('!')),
      skipsIgnored: isRg && !has('--no-ignore', '-u'),
    });
    if (found !== null) return searches(found);
  }
  return null;
}

const here = { text: '.', raw: '.', quoted: false, pattern: false };

const searches = (file: string): Match => ({
  reason: `The search prints lines of \`${file.replaceAll('`', "'").slice(-100)}\`, ${secretPath(file)}. Leave that file out of the search, or list only the names of files.`,
});

/** The client's search: with `content` it prints the lines, also of hidden files. */
function grepTool({ input }: ToolCall, world: World): Match | null {
  const text = (key: string): string | null => {
    const value = input[key];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const mode = text('output_mode');
  if (mode === 'files_with_matches' || mode === 'count') return null;
  const glob = text('glob');
  const path = absolutePath(text('path') ?? '.', world.cwd, world.home) ?? world.cwd;
  for (const named of [path, glob]) {
    const what =
      named === null
        ? null
        : secretOf(
            {
              word: { text: named, raw: named, quoted: false, pattern: true },
              how: 'read',
              cwd: world.cwd,
              by: 'Grep',
            },
            world,
          );
    if (what !== null) return { reason: `The search reads \`${named}\`, ${what}. List only the names of files.` };
  }
  // Clients differ in their default: only this prints lines for certain.
  if (mode !== 'content' || text('type') !== null) return null;
  const pattern = text('pattern');
  const search: Search = {
    folder: path,
    pattern,
    ignoreCase: input['-i'] === true,
    globs: glob === null || glob.startsWith('!') ? [] : glob.split(/[\s,]+/),
    skipsIgnored: true,
  };
  if (!existsSync(path)) {
    return pattern !== null && looksForSecrets.test(pattern)
      ? { certainty: 'cautious', reason: `The search for \`${pattern.slice(0, 60)}\` may print secrets.` }
      : null;
  }
  const found = searchedSecret(search);
  return found === null ? null : searches(found);
}

const looksForSecrets = /api.?key|secret|passw|private.?key|access.?key|_TOKEN/i;

function secretOf({ word, cwd, how }: Access, world: World): string | null {
  const text = word.text;
  if (text === null) {
    // What is known of it may be enough: `"$dir/.env"`.
    const known = (word.shape ?? '').split('\0').pop() ?? '';
    return known === '' ? null : secretPath(known);
  }
  const path = wordPath({ text, quoted: word.quoted }, cwd, world.home) ?? text;
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
