const code = '-*[ceErp] --eval --print';

/**
 * Commands that a rule matches, or that run other commands, only with one of these words: patterns of the shell's `case`.
 * Every other command leaves the fast path by its name alone.
 */
export const conditionalWords: Readonly<Record<string, string>> = {
  docker: 'exec volume system down config',
  podman: 'exec volume system down config',
  'docker-compose': 'exec down config',
  kubectl: 'delete drain exec run debug view token',
  helm: 'uninstall delete del un',
  terraform: 'destroy apply rm delete run-all',
  tofu: 'destroy apply rm delete run-all',
  gh: 'auth delete extension ext',
  nix: 'run shell develop profile',
  pnpm: 'exec',
  bun: code,
  yarn: 'global',
  npm: '',
  cargo: 'install binstall',
  go: 'install',
  uv: 'tool run pip',
  dotnet: 'tool workload ef',
  composer: 'global',
  stack: 'install upgrade exec',
  cabal: 'install v1-install v2-install exec',
  bundle: 'exec',
  poetry: 'run',
  make: '*,*',
  ninja: '*,*',
  just: '*,*',
  python: `${code} pip* *manage.py`,
  node: code,
  tar: '*exec*',
  fd: '-x* -X* -[!-]*[xX]* --exec*',
  sed: '-i* -[!-]*i* --in-place*',
  git: '--hard --merge restore checkout clean filter-repo drop clear remove reflog gc bisect foreach credential -x* --exec* --force* --delete --mirror --discard-changes -[dDf]* -[!-]*[dDf]* +* *:*',
  rake: '*:*',
  rails: '*:*',
};
