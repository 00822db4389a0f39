/** Nothing that the repository's configuration says may start a program, ask for a password or go to the network. */
const safe = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_PAGER: 'cat',
};

/** Variables of git that say how it runs; the others may name another repository, index or way to compare. */
const harmless =
  /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)$/;

/**
 * The environment in which git works on the repository that it is asked about. In a hook, `GIT_DIR` and
 * `GIT_INDEX_FILE` name the repository of that hook.
 */
export function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('GIT_') || harmless.test(name));
  // Messages in English, because they are matched.
  return { ...Object.fromEntries(kept), ...safe, LC_ALL: 'C' };
}

/** The line of git's messages that says what is wrong. */
export function gitComplaint(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const line = lines.find((one) => /^(?:fatal|error): /.test(one)) ?? lines.at(-1) ?? '';
  return line.replace(/^(?:fatal|error): /, '');
}

/** What to do about a complaint; undefined where git's own words have to do. */
export function gitHint(complaint: string, folder: string): string | undefined {
  if (complaint.includes('dubious ownership')) {
    return `the folder belongs to another user: git config --global --add safe.directory ${folder}`;
  }
  if (/bad (?:numeric )?config|bad boolean config|unable to (?:read|access) .*config/.test(complaint)) {
    return "correct git's configuration, then run the command again";
  }
  if (complaint.includes('.lock')) return 'wait until the other git process has ended, or remove the lock file';
  return undefined;
}
