import { splitOptionPath } from '../../lang/nix/option-path.ts';
import type { SyntaxTree } from '../../lang/nix/syntax.ts';
import { TokenKind } from '../../lang/nix/token-kind.ts';
import { type ConfigurationSource, type Defined, type OwnPlace, placeAt } from './configuration-source.ts';
import type { NixError } from './errors-in.ts';
import { hashSpellings } from './hash-spellings.ts';
import type { CauseKind, KnownError } from './kinds.ts';
import type { OwnFile } from './own-file.ts';

/** Where the cause of an error is in the user's files. */
export interface Located {
  place: OwnPlace | null;
  /** The option whose definition it is. */
  option?: string;
  /** Further places that take part: the other definitions of a conflict. */
  others: OwnPlace[];
  /** Where the place is that of a definition: the lines of all its parts. The cause is on one of them. */
  spans?: Defined['spans'];
}

interface Context {
  known: KnownError;
  /** null: reported without a trace. */
  error: NixError | null;
  source: ConfigurationSource;
  own: OwnFile;
  /** Names that an option had before, by which the user may set it. */
  formerNames: (option: string) => readonly string[];
}

/** The place in the user's files that caused an error: never one in nixpkgs or another input. */
export function locate(context: Context): Located {
  const { known } = context;
  const special = strategies[known.kind]?.(context) ?? [];
  const found = special[0] ?? messagePlace(context) ?? tracePlace(context) ?? namedPlace(context);
  const option = found?.option ?? known.option;
  const others = special
    .slice(1)
    .map(placeOnly)
    .filter((one, index, all) => all.findIndex((other) => samePlace(one, other)) === index && !samePlace(one, found));
  return {
    place: found === undefined ? null : placeOnly(found),
    ...(option === undefined ? {} : { option }),
    ...(found?.spans === undefined ? {} : { spans: found.spans }),
    others,
  };
}

const samePlace = (a: OwnPlace, b: OwnPlace | undefined): boolean => a.file === b?.file && a.line === b.line;

type Found = OwnPlace & { option?: string; spans?: Defined['spans'] };

const placeOnly = ({ file, line, column }: Found): OwnPlace => ({
  file,
  ...(line === undefined ? {} : { line }),
  ...(column === undefined ? {} : { column }),
});

/** Where the kind of the error says more than its trace; the first place is the cause. */
const strategies: Partial<Record<CauseKind, (context: Context) => Found[]>> = {
  syntax: syntaxPlace,
  'unknown option': listedDefinitions,
  'removed option': (context) => [...listedDefinitions(context), ...removedDefinition(context)],
  'wrong type': listedDefinitions,
  'conflicting definitions': listedDefinitions,
  'missing definition': missingDefinition,
  'infinite recursion': importsRecursion,
  'missing argument': argumentPlace,
  'unexpected argument': argumentPlace,
  'missing input': (context) => {
    const place = messagePlace(context);
    return place === undefined ? context.source.uses(context.known.name ?? '', ['flake.nix']).slice(0, 1) : [place];
  },
  'missing configuration': ({ known, source }) =>
    source.uses(splitOptionPath(known.name ?? '')[0] ?? '', ['flake.nix']).slice(0, 1),
  'missing file': referencedFile,
  'untracked file': referencedFile,
  'unfree package': packagePlace,
  'insecure package': packagePlace,
  'broken package': packagePlace,
  'unsupported package': packagePlace,
  'removed package': packagePlace,
  'failed builder': packagePlace,
  'package collision': collidedPackages,
  'hash mismatch': (context) => [...hashPlace(context), ...packagePlace(context)].slice(0, 1),
  assertion: writtenMessage,
  'thrown error': writtenMessage,
  'file in the way': linkedFile,
  'failed unit': unitPlace,
};

/** The position that belongs to the message. */
function messagePlace({ error, own }: Context): Found | undefined {
  const { position = null } = error ?? {};
  const file = position === null ? null : own(position.file);
  return position === null || file === null ? undefined : { file, line: position.line, column: position.column };
}

/** The innermost step of the trace that is in the user's files. */
function tracePlace({ error, own, source }: Context): (Found & { isCall?: boolean }) | undefined {
  let option: string | undefined;
  let found: (Found & { isCall?: boolean }) | undefined;
  for (const { text, position } of error?.frames ?? []) {
    option = /^while evaluating the option [`‘](.+)['’]$/.exec(text)?.[1] ?? option;
    const definition = /^while evaluating definitions from [`‘](.+)['’]$/.exec(text)?.[1];
    const definedIn = definition === undefined ? null : own(definition);
    if (definedIn !== null) {
      const { line, spans } = (option === undefined ? null : source.definition(definedIn, option)) ?? {};
      found = {
        file: definedIn,
        ...(line === undefined ? {} : { line }),
        ...(spans === undefined ? {} : { spans }),
        ...(option === undefined ? {} : { option }),
      };
    }
    const file = position === null ? null : own(position.file);
    if (position !== null && file !== null) {
      const { line, column } = position;
      found = { file, line, column, ...(option === undefined ? {} : { option }), isCall: text === 'from call site' };
    }
  }
  return found;
}

/** Where no file of the user is named: an option or another name in the message that the user's files have. */
function namedPlace({ known, error, source, formerNames }: Context): Found | undefined {
  const options = [
    known.option,
    ...(error?.frames ?? []).map(({ text }) => /option [`‘](.+)['’]$/.exec(text)?.[1]).reverse(),
  ];
  for (const option of options) {
    if (option === undefined) continue;
    for (const name of [option, ...formerNames(option)]) {
      const [place] = source.definitions(name);
      if (place !== undefined) return { ...place, option: name };
    }
  }
  return undefined;
}

/** Nix reports the token that it did not expect; what is missing may be on an earlier line. */
function syntaxPlace(context: Context): Found[] {
  const reported = messagePlace(context);
  const tree = reported === undefined ? null : context.source.tree(reported.file);
  const [problem] = tree?.problems ?? [];
  if (reported === undefined || tree === null || problem === undefined) return reported === undefined ? [] : [reported];
  const unclosed = unclosedString(tree);
  const missing = /^expected `;`/.test(problem.message);
  // A missing semicolon belongs behind the last token before it.
  const offset =
    unclosed ?? (missing ? tree.text.slice(0, problem.start).replace(/(?:\s|#[^\n]*)+$/, '').length : problem.start);
  const place = placeAt(reported.file, tree.text, offset);
  return [place.line <= (reported.line ?? 0) ? place : reported];
}

/**
 * The start of a string whose end is missing: it ends at the quote that begins the next one, behind `=`, `[` or the
 * like. Strings between quotes that span lines are rare.
 */
function unclosedString({ text, tokens }: SyntaxTree): number | undefined {
  for (const [index, kind] of tokens.kinds.entries()) {
    const start = tokens.ends[index - 1] ?? 0;
    const content = text.slice(start, tokens.ends[index]);
    if (kind === TokenKind.StringText && /\n[\s\S]*[=[({+]\s*$/.test(content)) return start;
  }
  return undefined;
}

/** `- In `FILE': value`, `In module `FILE'`, and options that the message names. */
function listedDefinitions({ known, error, own, source }: Context): Found[] {
  const { option = '', name } = known;
  const [, path = option, entry] = /^(.*)\."\[definition \d+-entry (\d+)\]"/.exec(option) ?? [];
  const files = [...(error?.message ?? '').matchAll(/\b[Ii]n (?:module )?[`‘'"]([^'’"\n]+)['’"]/g)].map(
    ([, file = '']) => file,
  );
  return [...(name === undefined ? [] : [name]), ...files].flatMap((path_) => {
    const file = own(path_);
    if (file === null) return [];
    const { line, spans } = source.definition(file, path) ?? {};
    if (line === undefined || spans === undefined) return [{ file, option: path }];
    const inList = entry === undefined ? null : source.elementLine(file, line, Number(entry));
    return [{ file, line: inList ?? line, option: path, ...(inList === null ? { spans } : {}) }];
  });
}

function removedDefinition({ known, source }: Context): Found[] {
  return known.option === undefined ? [] : source.definitions(known.option);
}

/** `fileSystems."/data".device` has no value: the definition of its neighbours. */
function missingDefinition({ known, source }: Context): Found[] {
  const names = splitOptionPath(known.option ?? '');
  for (let length = names.length - 1; length > 0; length -= 1) {
    const [place] = source.definitions(
      names
        .slice(0, length)
        .map((name) => JSON.stringify(name))
        .join('.'),
    );
    if (place !== undefined) return [place];
  }
  return [];
}

const moduleArgument = /^while evaluating the module argument [`‘'](.+?)['’] in "?(.+?)"?$/;

/** `imports` that need `config` or another argument of the module. */
function importsRecursion({ error, own, source }: Context): Found[] {
  const found = (error?.frames ?? []).map(({ text }) => moduleArgument.exec(text)).filter((match) => match !== null);
  const [, name = '', path = ''] = found.at(-1) ?? [];
  const file = own(path);
  if (file === null) return [];
  const imports = source.definition(file, 'imports')?.line;
  const after = source.uses(name, [file]).find(({ line = 0 }) => imports !== undefined && line >= imports);
  const place = after ?? (imports === undefined ? undefined : { file, line: imports });
  return place === undefined ? [] : [place];
}

/** A function is called wrongly where it is called; a module's argument is missing where the module asks for it. */
function argumentPlace(context: Context): Found[] {
  const { known, error, own, source } = context;
  for (const { text } of [...(error?.frames ?? [])].reverse()) {
    const [, name, path = ''] = moduleArgument.exec(text) ?? [];
    const file = name === known.name ? own(path) : null;
    if (file !== null) return source.uses(known.name ?? '', [file]).slice(0, 1);
  }
  const called = /at (\/[^\s:]+):(\d+)/.exec(error?.message ?? '');
  const calledFile = called === null ? null : own(called[1] ?? '');
  if (calledFile !== null) {
    return [source.uses(known.name ?? '', [calledFile])[0] ?? { file: calledFile, line: Number(called?.[2]) }];
  }
  const reported = messagePlace(context);
  const caller = tracePlace(context);
  if (reported === undefined || caller === undefined) return [];
  return caller.file !== reported.file || caller.isCall ? [caller] : [reported];
}

function referencedFile({ known, own, source }: Context): Found[] {
  const path = known.name ?? '';
  const file = own(path) ?? path.replace(/^\/nix\/store\/[^/]+\//, '');
  return source.references(file).slice(0, 1);
}

/** Where the name of a package is written, first in the files of the trace. */
function packagePlace(context: Context): Found[] {
  const { known, source } = context;
  const traced = tracePlace(context);
  for (const name of packageNames(known.package ?? '')) {
    const uses = source.uses(name);
    const best = uses.find(({ file }) => file === traced?.file) ?? uses[0];
    if (best !== undefined) return [best];
  }
  return known.kind === 'failed builder' ? generatedFile(context) : [];
}

/** A unit (`unit-nginx.service`) or a file (`nginx.conf`) that the module of a service or program writes. */
function generatedFile(context: Context): Found[] {
  const { known, source } = context;
  const [, unit] = /^unit-(.+\.(?:service|timer|socket))$/.exec(known.package ?? '') ?? [];
  if (unit !== undefined) return unitPlace({ ...context, known: { ...known, name: unit } });
  const name = JSON.stringify((known.package ?? '').replace(/[.-](?:conf|config|ini|json|ya?ml|toml|cfg|sh).*$/, ''));
  return [`services.${name}`, `programs.${name}`].flatMap((option) => source.definitions(option)).slice(0, 1);
}

function collidedPackages(context: Context): Found[] {
  const { known } = context;
  return [known.package, known.other].flatMap((name = '') =>
    packagePlace({ ...context, known: { ...known, package: name } }),
  );
}

/** The names by which a package may be written, most likely first: without its version, without the set it is in. */
function packageNames(name: string): string[] {
  const plain = name.replace(/\.(?:tar\.\w+|zip|tgz|patch)$/, '').replace(/-(?:unstable-)?\d[^/]*$/, '');
  const inner = plain.replace(/^(?:python3?[\d.]*|vscode-extension|vimplugin|tree-sitter|perl[\d.]*|ruby[\d.]*)-/, '');
  const variants = [
    plain,
    name,
    inner,
    plain.replace(/-(?:unwrapped|wrapped|bin|source|src|vendor|go-modules|npm-deps)$/, ''),
  ];
  return [...new Set(variants)].filter((one) => one.length > 1);
}

const emptyHashes = ['hash = ""', 'Hash = ""', 'sha256 = ""'];

function hashPlace({ known, source }: Context): Found[] {
  const hash = known.name ?? '';
  const isFake = /^sha\d+-A+=*$/.test(hash);
  const fakes = isFake ? ['fakeHash', 'fakeSha256', 'fakeSha512'].flatMap((fake) => source.uses(fake)) : [];
  const texts = isFake ? [hash, ...emptyHashes] : hashSpellings(hash);
  return [...fakes, ...texts.flatMap((text) => source.text(text)), ...source.text(hash, ['flake.lock'])].slice(0, 1);
}

/** The place where the words of the message are written, else of a name that it quotes. */
function writtenMessage(context: Context): Found[] {
  const { known, source } = context;
  const message = known.message.replace(/^\S+ profile: /, '');
  for (const text of runsOfWords(message)) {
    const [place] = source.text(text);
    if (place !== undefined) return [place];
  }
  if (messagePlace(context) !== undefined || (known.kind !== 'assertion' && tracePlace(context) !== undefined))
    return [];
  for (const [, , name = ''] of message.matchAll(/([`'‘"])([^`'‘’"\s]+)['’"`]/g)) {
    const place = name.includes('.') ? source.definitions(name)[0] : source.uses(name)[0];
    if (place !== undefined) return [place];
  }
  for (const [name] of message.matchAll(/\b[a-z][\w-]*(?:\.[\w"-]+)+/gi)) {
    const [place] = source.definitions(name);
    if (place !== undefined) return [{ ...place, option: name }];
  }
  return [];
}

/** A message as a whole, then five words of it at a time: some of its words may be computed. */
function runsOfWords(message: string): string[] {
  const words = message.split(' ');
  const runs = words.slice(0, -4).map((_, index) => words.slice(index, index + 5).join(' '));
  return [message, ...runs].filter((text) => text.length >= 16);
}

/** The definition of a file that home-manager links. */
function linkedFile({ known, source }: Context): Found[] {
  const path = (known.name ?? '').replace(/^(?:\/home|\/Users)\/[^/]+\/|^\/root\//, '');
  const inConfig = path.replace(/^\.config\//, '');
  const programs = path
    .split('/')
    .map((part) => part.replace(/^\./, '').replace(/(?:rc|_profile|env|_logout|\.\w+)$/, ''));
  const options = [
    `home.file.${JSON.stringify(path)}`,
    ...(inConfig === path ? [] : [`xdg.configFile.${JSON.stringify(inConfig)}`]),
    ...programs.filter((name) => /^[\w-]+$/.test(name) && name !== 'config').map((name) => `programs.${name}`),
  ];
  for (const option of options) {
    const [place] = source.definitions(option);
    if (place !== undefined) return [{ ...place, option }];
  }
  return [];
}

function unitPlace({ known, source }: Context): Found[] {
  const unit = (known.name ?? '').replace(/\.\w+$/, '').replace(/@.*$/, '');
  const parts = unit.split('-');
  const names = parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
  const options = [
    `systemd.services.${JSON.stringify(unit)}`,
    ...names.map((name) => `services.${JSON.stringify(name)}`),
  ];
  for (const option of options) {
    const [place] = source.definitions(option);
    if (place !== undefined) return [{ ...place, option: option.replaceAll('"', '') }];
  }
  return [];
}
