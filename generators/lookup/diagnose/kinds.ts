import type { NixError } from './errors-in.ts';

/** What went wrong, by the words of the error's message. */
export type CauseKind =
  | 'syntax'
  | 'undefined variable'
  | 'unknown option'
  | 'removed option'
  | 'home-manager option in NixOS'
  | 'NixOS option in home-manager'
  | 'wrong type'
  | 'conflicting definitions'
  | 'missing definition'
  | 'infinite recursion'
  | 'missing attribute'
  | 'missing argument'
  | 'unexpected argument'
  | 'missing input'
  | 'missing configuration'
  | 'missing file'
  | 'untracked file'
  | 'removed package'
  | 'unfree package'
  | 'insecure package'
  | 'broken package'
  | 'unsupported package'
  | 'assertion'
  | 'impure access'
  | 'hash mismatch'
  | 'failed builder'
  | 'package collision'
  | 'file in the way'
  | 'failed unit'
  | 'lock file'
  | 'daemon'
  | 'disk'
  | 'permission'
  | 'network'
  | 'out of memory'
  | 'thrown error';

/** An error of a known kind, with what its message names. */
export interface KnownError {
  kind: CauseKind;
  /** The message in one line. */
  message: string;
  option?: string;
  /** With its version, as the message has it. */
  package?: string;
  /** The variable, attribute, argument, input or file that is missing; the hash that is written. */
  name?: string;
  /** The hash that was found; the URL; the type that was expected. */
  other?: string;
  /** Known vulnerabilities; failed assertions. */
  details?: readonly string[];
  /** The last lines of a builder's log. */
  log?: readonly string[];
}

interface Matcher {
  kind: CauseKind;
  pattern: RegExp;
  /** What the groups of the pattern are. */
  read?: (groups: readonly string[], error: NixError) => Partial<KnownError>;
}

const option = ([name = '']: readonly string[]) => ({ option: name });
const named = ([name = '']: readonly string[]) => ({ name });

/** Nix quotes by `…', '…' or ‘…’, by version. */
const q = '[`\'‘"]';
const e = '[\'’"]';

/** In the order in which they are tried. */
const matchers: readonly Matcher[] = [
  { kind: 'syntax', pattern: /^syntax error, ([^\n]+)/ },
  { kind: 'syntax', pattern: /^(?:dynamic attribute|duplicate formal function argument|path has a trailing slash)/ },
  { kind: 'syntax', pattern: new RegExp(`^attribute ${q}([^\\n]+)${e} already defined at`), read: named },
  { kind: 'undefined variable', pattern: new RegExp(`^undefined variable ${q}(.+?)${e}`), read: named },
  {
    kind: 'removed option',
    pattern: new RegExp(
      `^The option (?:definition )?${q}(.+?)${e}[^\\n]* (?:no longer has any effect|has been removed|can no longer be used)`,
    ),
    read: option,
  },
  {
    kind: 'unknown option',
    pattern: new RegExp(`^The option ${q}(.+?)${e}(?: defined in [^\\n]+)? does not exist`),
    read: option,
  },
  {
    kind: 'wrong type',
    pattern: new RegExp(`^A definition for option ${q}(.+?)${e} is not of type ${q}(.+?)${e}\\.`),
    read: ([name = '', type = '']) => ({ option: name, other: type }),
  },
  {
    kind: 'wrong type',
    pattern: new RegExp(
      `^In module ${q}[^\\n]+${e}, you're trying to define a value of type ${q}(.+?)${e}\\s+rather than an attribute set for the option\\s+${q}(.+?)${e}!`,
    ),
    read: ([, name = '']) => ({ option: name, other: 'attribute set' }),
  },
  {
    kind: 'wrong type',
    pattern: new RegExp(`^The option value ${q}(.+?)${e} in ${q}[^\\n]+${e} is not of type ${q}(.+?)${e}`),
    read: ([name = '', type = '']) => ({ option: name, other: type }),
  },
  {
    kind: 'conflicting definitions',
    pattern: new RegExp(
      `^The (?:unique )?option ${q}(.+?)${e} (?:has conflicting definition|is defined (?:both|multiple times)|is read-only, but)`,
    ),
    read: option,
  },
  {
    kind: 'conflicting definitions',
    pattern: new RegExp(`^The option ${q}(.+?)${e} in ${q}[^\\n]+${e} is (?:already declared in|a prefix of)`),
    read: option,
  },
  {
    kind: 'missing definition',
    pattern: new RegExp(`^The option ${q}(.+?)${e} (?:was accessed but has no value defined|is used but not defined)`),
    read: option,
  },
  { kind: 'infinite recursion', pattern: /^(?:infinite recursion encountered|stack overflow)/ },
  {
    kind: 'missing argument',
    pattern: new RegExp(`^function ${q}(?:.*?)${e} called without required argument ${q}(.+?)${e}`),
    read: named,
  },
  {
    kind: 'missing argument',
    // `callPackage` of nixpkgs.
    pattern:
      /^evaluation aborted with the following error message: '[\w.]+: Function called without required argument "(.+?)"/,
    read: ([name = '']) => ({ name, message: `callPackage has no argument \`${name}\` to pass` }),
  },
  {
    kind: 'unexpected argument',
    pattern: new RegExp(`^function ${q}(?:.*?)${e} called with unexpected argument ${q}(.+?)${e}`),
    read: named,
  },
  {
    kind: 'missing attribute',
    pattern: new RegExp(`^attribute ${q}(.+?)${e} missing`),
    read: missingAttribute,
  },
  {
    kind: 'missing configuration',
    pattern: new RegExp(`^flake ${q}.+?${e} does not provide attribute (.+)`),
    read: ([names = '']) => ({ name: configurationIn(names) }),
  },
  {
    kind: 'missing input',
    pattern: new RegExp(`^cannot find flake ${q}(?:flake:)?(.+?)${e} in the flake registries`),
    read: named,
  },
  { kind: 'missing input', pattern: new RegExp(`input ${q}(.+?)${e} follows a non-existent input`), read: named },
  {
    kind: 'untracked file',
    pattern: new RegExp(`^Path ${q}(.+?)${e} in the repository .+ is not tracked by Git`),
    read: named,
  },
  {
    kind: 'missing file',
    pattern: new RegExp(
      `^(?:Path|path|getting status of|opening file|file) ${q}(.+?)${e}(?: does not exist|: No such file or directory)`,
    ),
    read: named,
  },
  {
    kind: 'impure access',
    pattern: new RegExp(`^access to (?:absolute )?path ${q}(.+?)${e} is forbidden in pure`),
    read: named,
  },
  {
    kind: 'unfree package',
    pattern:
      /^(?:Package|Refusing to evaluate package) [‘'](.+?)[’'] in [^\n]*? (?:because it )?has an unfree license \([‘'](.+?)[’']\)/,
    read: packaged,
  },
  {
    kind: 'insecure package',
    pattern:
      /^(?:Package|Refusing to evaluate package) [‘'](.+?)[’'] in [^\n]*? (?:because it )?(?:is marked as insecure|has (?:some )?known vulnerabilities)/,
    read: insecure,
  },
  {
    kind: 'broken package',
    pattern:
      /^(?:Package|Refusing to evaluate package) [‘'](.+?)[’'] in [^\n]*? (?:is marked as broken|because it (?:is marked as broken|has problems:[^\n]*broken))/,
    read: packaged,
  },
  {
    kind: 'unsupported package',
    pattern:
      /^(?:Package|Refusing to evaluate package) [‘'](.+?)[’'] in [^\n]*? (?:because it )?is not (?:available on|supported on)/,
    read: packaged,
  },
  { kind: 'broken package', pattern: /^(?:Package|Refusing to evaluate package) [‘'](.+?)[’'] in /, read: packaged },
  { kind: 'assertion', pattern: /^\s*Failed assertions:\n([\s\S]+)/, read: assertions },
  { kind: 'assertion', pattern: /^(?:assertion (?:'([\s\S]+)' )?failed|[^\n]+ is not equal to )/ },
  {
    kind: 'removed package',
    pattern: /^'?([\w.-]+)'? (?:has been|was) (?:removed|renamed|replaced)\b/,
    read: ([name = '']) => ({ package: name }),
  },
  {
    kind: 'hash mismatch',
    pattern:
      /^(?:NAR )?hash mismatch in [^\n]*?[‘'](.+?)[’'][\s\S]*?(?:specified:|expected:?|wanted:)\s*'?([\w:+/=-]+?)'?,?\s+(?:but )?got:?\s+'?([\w:+/=-]+)/,
    read: ([path = '', specified = '', got = '']) => ({
      ...fromStorePath(path),
      name: specified,
      other: got,
      message: `hash mismatch in ${storeName(path)}: ${specified} is specified, ${got} was found`,
    }),
  },
  {
    kind: 'daemon',
    pattern:
      /(cannot (?:connect to|open connection to)[^\n]*(?:daemon|socket|remote store)|Nix daemon disconnected|daemon-socket)/,
  },
  {
    kind: 'network',
    pattern:
      /(unable to download|cannot download|Could not resolve host|Failed to fetch|unable to access|Connection (?:refused|timed out)|Network is unreachable|HTTP error [45]\d\d)/,
    read: (_, { message }) => ({ other: /https?:\/\/[^\s'"]+/.exec(message)?.[0] ?? '' }),
  },
  {
    kind: 'disk',
    pattern: /(No space left on device|database or disk is full|Disk quota exceeded|Read-only file system)/,
  },
  {
    kind: 'failed builder',
    pattern:
      /^(?:Cannot build|builder for) [‘'](.+?\.drv)[’'](?:\.\s+Reason: builder)? failed|^(?:Cannot build) [‘'](.+?\.drv)[’']\.\s+Reason: (?!\d+ dependenc)/,
    read: failedBuilder,
  },
  { kind: 'out of memory', pattern: /(out of memory|Cannot allocate memory|std::bad_alloc)/ },
  {
    kind: 'permission',
    pattern:
      /(Permission denied|not owned by current user|Operation not permitted|must be run as root|you are not privileged|is not allowed to|dubious ownership)/,
  },
  { kind: 'lock file', pattern: /(lock file|flake\.lock|parse error at line \d+)/ },
  {
    kind: 'wrong type',
    pattern:
      /^(?:cannot coerce|expected an? [^\n]+ but found|value is [^\n]+ while an? [^\n]+ was expected|attempt to call something which is not a function|cannot (?:add|append|concatenate|compare|convert)|[^\n]+ cannot be compared)/,
  },
];

/** What the error is; null where no kind fits. */
export function knownErrors(error: NixError): KnownError[] {
  const { message } = error;
  for (const { kind, pattern, read } of matchers) {
    const found = pattern.exec(message);
    if (found === null) continue;
    const groups = found.slice(1).filter((group) => group !== undefined);
    const known: KnownError = { kind, message: summary(message), ...read?.(groups, error) };
    return kind === 'assertion' && known.details !== undefined ? known.details.map((one) => assertion(one)) : [known];
  }
  return [];
}

/** The first sentence or two of a message, without the values that follow. */
function summary(message: string): string {
  const [first = '', second = ''] = message
    .replace(/ (?:TypeError: )?Definition values:[\s\S]*|(?<= values):\n[\s\S]*/, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return (/[:,]$/.test(first) ? `${first} ${second.trim()}` : first).trim();
}

/** An assertion may be the message of `mkRemovedOptionModule` and the like. */
function assertion(text: string): KnownError {
  const message = text.replace(/\s+/g, ' ').trim();
  const removed = new RegExp(`^The option definition ${q}(.+?)${e} in ${q}(.+?)${e} no longer has any effect`).exec(
    message,
  );
  return removed === null
    ? { kind: 'assertion', message }
    : { kind: 'removed option', message, option: removed[1] ?? '', name: removed[2] ?? '' };
}

/** An argument that no module has, an input that the flake lacks, or any other attribute. */
function missingAttribute([quoted = '']: readonly string[], { frames, excerpt }: NixError): Partial<KnownError> {
  const name = quoted.replace(/^"(.*)"$/, '$1');
  if (frames.some(({ text }) => text.startsWith(`while evaluating the module argument \`${name}'`))) {
    return { name, kind: 'missing argument', message: `no module argument \`${name}\` is passed` };
  }
  const ofInputs = excerpt?.includes(`inputs.${name}`) === true && !new RegExp(`\\.inputs\\.${name}`).test(excerpt);
  return ofInputs ? { name, kind: 'missing input', message: `the flake has no input \`${name}\`` } : { name };
}

/** `- ` begins an assertion; the other lines continue it. */
function assertions([text = '']: readonly string[]): Partial<KnownError> {
  return { details: text.split(/^- /m).filter((one) => one.trim() !== '') };
}

/** Without the file in nixpkgs and what to set, which follows as advice. */
function refusal(message: string): string {
  return summary(message)
    .replace(/ in \/[^\s]+(?=[ ,])/, '')
    .replace(/,? refusing to evaluate\.?$|:[^:]*platform\.config.*$/i, '');
}

function packaged([name = '', why = '']: readonly string[], { message }: NixError): Partial<KnownError> {
  return { package: name, message: refusal(message), ...(why === '' ? {} : { other: why }) };
}

function insecure([name = '']: readonly string[], { message }: NixError): Partial<KnownError> {
  const issues = /Known issues:\n((?:\s*- [^\n]+\n?)+)/.exec(message)?.[1] ?? '';
  return {
    package: name,
    message: refusal(message),
    details: issues
      .split('\n')
      .map((line) => line.replace(/^\s*- /, ''))
      .filter(Boolean),
  };
}

/** `nixosConfigurations.laptop` of the list of attributes that Nix has tried. */
function configurationIn(names: string): string {
  const tried = [...names.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
  return (tried.find((name) => /^(?:nixos|home|darwin)Configurations\./.test(name)) ?? tried.at(-1) ?? '').replace(
    /^((?:nixos|home|darwin)Configurations\.(?:"[^"]+"|[^.]+)).*/,
    '$1',
  );
}

/** The name and version of a store path, or of a file below it. */
const storeName = (path: string): string =>
  path
    .replace(/^\/nix\/store\/[a-z0-9]{32}-/, '')
    .replace(/\/.*$/, '')
    .replace(/\.drv$/, '');

const fromStorePath = (path: string) => ({ package: storeName(path) });

/** Two packages of an environment with the same file. */
const collision =
  /(?:collision between|conflicting subpath[^\n]*\n)\s*[`'](\/nix\/store\/[^'\n]+)'\s+and\s+[`'](\/nix\/store\/[^'\n]+)'/;

const shownLogLines = 10;

/** The lines of a log from the first that names an error; else its end. */
function tellingLines(log: readonly string[]): string[] {
  const text = log.filter((line) => line.trim() !== '');
  const first = text.findIndex((line) => /\berror\b|\bfailed\b|\bfatal\b|not found|No such file/i.test(line));
  if (first < 0 || text.length <= shownLogLines) return text.slice(-shownLogLines);
  return text.slice(Math.max(0, first - 1)).slice(0, shownLogLines);
}

function failedBuilder([path = '']: readonly string[], { message }: NixError): Partial<KnownError> {
  const log = [...message.matchAll(/^\s*> ?(.*)$/gm)].map(([, line = '']) => line);
  const failed = fromStorePath(path);
  const [, first, second] = collision.exec(log.join('\n')) ?? [];
  if (first !== undefined && second !== undefined) {
    const names = [first, second].map(storeName);
    return {
      kind: 'package collision',
      message: `${names.join(' and ')} both have ${first.replace(/^\/nix\/store\/[^/]+\//, '')}, in ${failed.package}`,
      package: names[0] ?? '',
      other: names[1] ?? '',
    };
  }
  const how = /(?:failed (with exit code \d+|due to signal [^\n;.]+)|Reason: (?:builder failed )?([^\n]+?)\.?$)/m.exec(
    message,
  );
  return {
    ...failed,
    message: `the builder of ${failed.package} failed ${how?.[1] ?? how?.[2] ?? ''}`.trim(),
    log: tellingLines(log),
  };
}
