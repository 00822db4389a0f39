/** Short options and their long names that mean the same in nearly every command. */
const usual: Readonly<Record<string, string>> = {
  '-f': '--force',
  '-r': '--recursive',
  '-R': '--recursive',
  '-y': '--yes',
  '-a': '--all',
  '-q': '--quiet',
  '-v': '--verbose',
  '-n': '--dry-run',
  '-i': '--interactive',
  '-h': '--help',
  '-o': '--output',
  '-g': '--global',
};

/** Where a command means something else, by command or by command and subcommand. */
const special: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docker compose': { '-v': '--volumes', '-f': '--file', '-d': '--detach', '-t': '--timeout', '-p': '--project-name' },
  docker: {
    '-d': '--detach',
    '-v': '--volume',
    '-t': '--tag',
    '-e': '--env',
    '-p': '--publish',
    '-i': '--interactive',
  },
  kubectl: {
    '-n': '--namespace',
    '-A': '--all-namespaces',
    '-f': '--filename',
    '-l': '--selector',
    '-R': '--recursive',
  },
  helm: { '-n': '--namespace', '-f': '--values', '-A': '--all-namespaces', '-i': '--install' },
  'git push': { '-d': '--delete', '-u': '--set-upstream' },
  'git commit': { '-n': '--no-verify', '-m': '--message', '-s': '--signoff' },
  'git branch': { '-d': '--delete', '-m': '--move', '-r': '--remotes' },
  'git clean': { '-d': '-d', '-x': '-x' },
  'git rebase': { '-i': '--interactive', '-x': '--exec' },
  curl: {
    '-k': '--insecure',
    '-X': '--request',
    '-d': '--data',
    '-o': '--output',
    '-L': '--location',
    '-n': '--netrc',
  },
  rsync: { '-n': '--dry-run', '-a': '--archive' },
  npm: { '-D': '--save-dev', '-w': '--workspace' },
  cargo: { '-p': '--package', '-r': '--release' },
};

/**
 * The other spelling of an option: `--force` for `-f`, `-v` for `--volumes` of `docker compose`.
 *
 * @param words the command and its subcommands
 */
export function otherSpellings(flag: string, words: readonly string[]): string[] {
  const tables = [special[words.slice(0, 2).join(' ')], special[words[0] ?? ''], usual];
  const found: string[] = [];
  const taken = new Set<string>();
  for (const table of tables) {
    for (const [short, long] of Object.entries(table ?? {})) {
      // A command's own meaning of an option hides the usual one.
      if (taken.has(short)) continue;
      taken.add(short);
      if (short === flag) found.push(long);
      else if (long === flag) found.push(short);
    }
  }
  return found;
}
