/** Settings with which a repository's configuration cannot start a program, prompt for a password or use the network. */
const safe = {
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_PAGER: 'cat',
};

/** Variables that configure how git runs. Others may name another repository, index or comparison. */
const harmless =
  /^GIT_(?:CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM)$/;

/**
 * The environment for git in another repository: in a hook, `GIT_DIR` and `GIT_INDEX_FILE` name the repository of the
 * hook.
 */
export function gitEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(([name]) => !name.startsWith('GIT_') || harmless.test(name));
  // Messages in English, because they are matched.
  return { ...Object.fromEntries(kept), ...safe, LC_ALL: 'C' };
}

/** The line of git's messages with the error. */
export function gitComplaint(stderr: string): string {
  const lines = stderr.trim().split('\n');
  const line = lines.find((one) => /^(?:fatal|error): /.test(one)) ?? lines.at(-1) ?? '';
  return line.replace(/^(?:fatal|error): /, '');
}

/** A hint about an error of git; undefined if git's message is clear enough. */
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
