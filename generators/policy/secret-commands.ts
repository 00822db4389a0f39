import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { sortArguments, texts } from '../lang/shell/arguments.ts';
import { operandsOf } from '../lang/shell/global-options.ts';
import type { Invocation } from '../lang/shell/line.ts';
import type { Exec } from './call.ts';
import { laterStages, printsOnlyNames } from './names-only.ts';
import { secretPath } from './secret-paths.ts';
import { isSecretName, type World } from './world.ts';

/** @param words the words after the command without options and their values @param options all words as typed */
type Prints = (words: readonly string[], options: readonly string[]) => boolean;

const has = (options: readonly string[], pattern: RegExp): boolean => options.some((option) => pattern.test(option));

/** Begins with one of these sequences of words. */
const first =
  (...sequences: string[]): Prints =>
  (words) =>
    sequences.some((sequence) => sequence.split(' ').every((word, index) => words[index] === word));

const decrypts: Prints = (_, options) => has(options, /^(-[a-z]*d[a-z]*|--decrypt)$/);

const passwordStore: Prints = ([word = '', name], options) =>
  !has(options, /^(-c\d*|--clip(=.*)?)$/) &&
  (['show', 'otp', 'grep', 'generate', 'cat', 'edit'].includes(word)
    ? name !== undefined
    : !/^(|ls|list|find|search|insert|add|create|rm|remove|delete|mv|move|cp|copy|git|init|help|version|sync|audit|recipients|mounts|config|clone|setup|update|fsck|completion)$/.test(
        word,
      ));

const cluster: Prints = (words, options) => {
  const output = options.join(' ').match(/(?:^| )(?:-o|--output)[ =]?(\S+)/)?.[1];
  const kinds = (words[1] ?? '').split(/[,/]/);
  if (words[0] === 'get' && kinds.some((kind) => /^secrets?$/.test(kind))) {
    return output !== undefined && !/^(name|wide)$/.test(output);
  }
  return (
    first('create token')(words, options) || (first('config view')(words, options) && has(options, /^--(raw|flatten)$/))
  );
};

/** Commands that print a secret which a store keeps, by name. From their manual pages. */
const stores: Readonly<Record<string, Prints>> = {
  sops: (words, options) => (decrypts(words, options) || words[0] === 'decrypt') && !has(options, /^(-i|--in-place)$/),
  age: decrypts,
  rage: decrypts,
  agenix: (_, options) => has(options, /^(-d|--decrypt)$/),
  ragenix: (_, options) => has(options, /^(-d|--decrypt)$/),
  'ssh-to-age': (_, options) => has(options, /^--?private-key$/),
  'ssh-to-pgp': (_, options) => has(options, /^--?private-key$/),
  gpg: (_, options) => has(options, /^(--export-secret-(sub)?keys?|-d|--decrypt)$/),
  gpg2: (_, options) => has(options, /^(--export-secret-(sub)?keys?|-d|--decrypt)$/),
  pass: passwordStore,
  gopass: passwordStore,
  op: first('read', 'inject', 'item get', 'document get', 'signin'),
  bw: (words, options) =>
    first(
      'get password',
      'get item',
      'get totp',
      'get notes',
      'get attachment',
      'list items',
      'export',
    )(words, options) ||
    (first('unlock', 'login')(words, options) && has(options, /^--raw$/)),
  bws: first('secret get', 'secret list'),
  rbw: first('get', 'code', 'totp', 'history'),
  lpass: first('show', 'export'),
  keepassxc: first('show'),
  'keepassxc-cli': first('show', 'export'),
  gh: (words, options) =>
    first('auth token')(words, options) ||
    (first('auth status')(words, options) && has(options, /^(-t|--show-token)$/)),
  glab: (words, options) => first('auth status')(words, options) && has(options, /^(-t|--show-token)$/),
  kubectl: cluster,
  oc: cluster,
  nmcli: (words, options) =>
    has(options, /^(-[a-z]*s[a-z]*|--show-secrets)$/) || words.some((word) => word === 'show-password'),
  aws: (words, options) =>
    first(
      'secretsmanager get-secret-value',
      'ecr get-login-password',
      'configure export-credentials',
    )(words, options) ||
    first('sts get-session-token', 'sts assume-role', 'configure get aws_secret_access_key')(words, options) ||
    (/^ssm get-parameter/.test(words.join(' ')) && has(options, /^--with-decryption$/)),
  gcloud: (words) =>
    /^(auth (application-default )?print-(access|identity)-token|secrets versions access)/.test(words.join(' ')),
  az: first('keyvault secret show', 'account get-access-token', 'acr credential show'),
  vault: first('read', 'kv get', 'print token', 'token create', 'unwrap'),
  bao: first('read', 'kv get', 'print token', 'token create', 'unwrap'),
  'secret-tool': first('lookup', 'search'),
  keyring: first('get'),
  'kwallet-query': (_, options) => has(options, /^-r$/),
  security: (words, options) => /^find-/.test(words[0] ?? '') && has(options, /^-[gw]$/),
  doppler: (words) => words[0] === 'secrets' && !['set', 'delete', 'upload'].includes(words[1] ?? ''),
  infisical: first('secrets', 'export'),
  chamber: first('read', 'export', 'env'),
  heroku: first('config', 'auth:token'),
  wg: (words, options) =>
    words[0] === 'showconf' || (words[0] === 'show' && has(options, /^(private-key|preshared-keys|dump)$/)),
  git: (words) => words[0] === 'credential' && words[1] === 'fill',
};

export const secretCommands: readonly string[] = Object.keys(stores).filter((name) => name !== 'git');

/** Programs that take a secret from a pipe and do not print it. */
const takesSecret =
  /^(wl-copy|xclip|xsel|pbcopy|clip\.exe|ssh-add|wc|sha256sum|b2sum|age-keygen|true)$|(--password-stdin|--with-token|--passphrase-fd|--pinentry-mode|--import|--encrypt|(kubectl|oc) .*(apply|create|replace)|age .*-r|ssh-keygen)/;

/** Why a command would print a secret that a store keeps; null if it does not. */
export function printsStoredSecret(exec: Exec): string | null {
  const { base, args } = exec;
  if (base === null || !Object.hasOwn(stores, base)) return null;
  const words = operandsOf(base, args);
  if (!stores[base]?.(words, texts(args))) return null;
  const next = laterStages(exec)[0];
  if (next !== undefined && takesSecret.test([next.name ?? '', ...texts(next.args)].join(' '))) return null;
  if (isExported(exec)) return null;
  // `GH_TOKEN=$(gh auth token) npm publish`, `curl -H "… $(gcloud auth print-access-token)"`
  if (exec.stdout === 'captured' && !exec.line.invocations.some(({ name }) => showsText.test(name ?? ''))) return null;
  if (exec.redirections.some(({ operator, target }) => operator === '>' && target?.text === '/dev/null')) return null;
  return `\`${[base, ...words.slice(0, 2)].join(' ')}\` prints a secret`;
}

const showsText = /^(echo|printf|cat|tee|printenv|env|set|export|less|head|tail)$/;

/** Whether the output of a command only sets variables: `export $(grep -v '^#' .env | xargs)`. */
export function isExported(exec: Exec): boolean {
  const { line, place } = exec;
  const captured = (line.pipelines[exec.pipeline]?.stages ?? []).some(
    (index) => index !== null && line.invocations[index]?.stdout === 'captured',
  );
  if (place !== 'substitution' || !captured) return false;
  const outer = line.invocations.filter((one) => one.place === 'line');
  const words = outer.flatMap(({ name, args }) =>
    args.flatMap(({ raw }) => (/\$\(|`/.test(raw) ? [{ name: name ?? '', raw }] : [])),
  );
  const started = line.pipelines.filter((one) => one.place === 'substitution' && one.connector === null).length;
  return (
    words.length > 0 &&
    words.every(({ name, raw }) => /^(export|env)$/.test(name) && /^([A-Za-z_]\w*=)?"?(\$\(|`)/.test(raw)) &&
    // Another one may set a variable that is printed later.
    started === words.reduce((sum, { raw }) => sum + (raw.match(/\$\(/g)?.length ?? 1), 0) &&
    !outer.some(printsVariables)
  );
}

/** Whether a command of a line prints a variable that was set before it. */
export function printsVariables({ name, args, redirections }: Invocation): boolean {
  if (name === 'printenv') return true;
  if (name === 'env') return args.every(({ raw }) => /^-|=/.test(raw));
  if (/^(set|export|declare|typeset)$/.test(name ?? '')) {
    return args.length === 0 || args.some(({ raw }) => /^-\w*p/.test(raw));
  }
  if (!/^(echo|printf|cat)$/.test(name ?? '')) return false;
  return [...args, ...redirections.flatMap(({ target }) => target ?? [])].some(({ raw }) => printsLoaded(raw));
}

/** Whether a word contains a variable that a file may have set: not the shell's own, not `${NAME:+set}`. */
function printsLoaded(raw: string): boolean {
  return [...raw.replace(/^'[^']*'$/, '').matchAll(/\$\{?([A-Za-z_]\w*)(:?\+)?/g)].some(
    ([, name = '', only]) => only === undefined && (isSecretName(name) || !ownVariable.test(name)),
  );
}

const ownVariable =
  /^(PWD|OLDPWD|HOME|USER|LOGNAME|SHELL|PATH|HOSTNAME|LANG|TERM|TMPDIR|RANDOM|SECONDS|PORT|HOST|NODE_ENV|RAILS_ENV|ENV|ENVIRONMENT|DEBUG|LOG_LEVEL|EDITOR|PS1|IFS|LINENO|BASH\w*|XDG_\w+|LC_\w+|[a-z]\w*)$/;

/** Why a command may print or publish the content of a file of secrets that it does not name as a file to read. */
export function mayShowFile(exec: Exec): string | null {
  const { base, args } = exec;
  const words = operandsOf(base ?? '', args);
  const options = texts(args);
  if (base === 'git' && words[0] === 'add' && has(options, /^(-[a-z]*f[a-z]*|--force)$/)) {
    const file = words.slice(1).find((word) => secretPath(word) !== null);
    return file === undefined ? null : `\`git add --force\` would put \`${file}\` into a commit`;
  }
  if (/^(sops|r?agenix)$/.test(base ?? '') && exec.assignments.some((name) => /EDITOR$|^VISUAL$/.test(name))) {
    return `\`${base}\` opens the decrypted file with a program of the line`;
  }
  const compose = base === 'docker-compose' || base === 'podman-compose';
  if (!compose && !(/^(docker|podman|nerdctl)$/.test(base ?? '') && words[0] === 'compose')) {
    const prints = /^(docker|podman)$/.test(base ?? '') && words.includes('inspect') && has(options, /\.Config\.Env\b/);
    return prints ? `\`${base} inspect\` may print secrets of the container's environment` : null;
  }
  const quiet = /^(-q|--quiet|--services|--images|--profiles|--volumes|--networks|--hash.*|--no-interpolate)$/;
  if (!/^(config|convert)$/.test(words[compose ? 0 : 1] ?? '') || has(options, quiet)) return null;
  const settings = exec.cwd !== null && existsSync(join(exec.cwd, '.env'));
  return settings ? `\`${base} ${compose ? '' : 'compose '}config\` prints values from \`.env\`` : null;
}

/** Why a command would print the secrets of the environment; null if it does not. */
export function printsEnvironment(exec: Exec, world: World): string | null {
  const { base, args } = exec;
  const secret = world.secretNames;
  if (secret.length === 0 || base === null || exec.remote) return null;
  const { options, operands } = sortArguments(args, ['-u', '--unset', '-C', '--chdir']);
  const names = operands.flatMap(({ text }) => text ?? []);
  let shown: readonly string[] = [];
  switch (base) {
    case 'env':
      if (exec.runs || options.has('-i') || options.has('--ignore-environment')) return null;
      shown = names.every((name) => name.includes('=')) ? secret : [];
      break;
    case 'printenv':
      shown = names.length === 0 ? secret : secret.filter((name) => names.includes(name));
      break;
    case 'set':
      shown = args.length === 0 ? secret : [];
      break;
    case 'export':
    case 'declare':
    case 'typeset':
      shown = operands.length === 0 && [...options].every((option) => /^-[px]$/.test(option)) ? secret : [];
      break;
    case 'ps':
      shown = /^[a-z]*e[a-z]*$/.test(args[0]?.text ?? '') ? secret : [];
      break;
    case 'systemctl':
      shown = names[0] === 'show-environment' ? secret : [];
      break;
    case 'echo':
    case 'printf':
      shown = exec.stdout === 'redirect' ? [] : secret.filter((name) => args.some(({ raw }) => expands(raw, name)));
      break;
    case 'cat':
    case 'tee':
      shown = secret.filter((name) =>
        exec.redirections.some(
          ({ operator, target }) => operator.startsWith('<<') && !target?.quoted && expands(target?.raw ?? '', name),
        ),
      );
      break;
    default:
      return null;
  }
  if (shown.length === 0 || printsOnlyNames(exec)) return null;
  const later = laterStages(exec);
  if (later.some((stage) => takesSecret.test([stage.name ?? '', ...texts(stage.args)].join(' ')))) return null;
  for (const filter of later)
    if (/^(e|f)?grep$|^rg$/.test(filter.name ?? '')) shown = shown.filter(matches(filter.args));
  if (shown.length === 0) return null;
  return `\`${base}\` would print the value of ${shown
    .slice(0, 3)
    .map((name) => `\`${name}\``)
    .join(', ')}`;
}

/** Whether `$NAME` in a word becomes its value: not in single quotes, not `${NAME:+set}`, not `${#NAME}`. */
function expands(raw: string, name: string): boolean {
  const unquoted = raw.startsWith('"') ? raw : raw.replace(/'[^']*'/g, '');
  return new RegExp(`\\$(?:${name}(?![A-Za-z0-9_])|\\{!?${name}(?!:?\\+)[^A-Za-z0-9_])`).test(unquoted);
}

/** Whether a filter may let the line of a variable through. */
function matches(args: Exec['args']): (name: string) => boolean {
  const { options, operands, values, dynamic } = sortArguments(args, ['-e', '--regexp']);
  const pattern = (values.get('-e') ?? operands)[0]?.text;
  if (dynamic || pattern == null || options.has('-v')) return () => true;
  try {
    const test = new RegExp(pattern.replaceAll('\\|', '|'), options.has('-i') ? 'i' : '');
    return (name) => test.test(`${name}=`);
  } catch {
    return () => true;
  }
}
