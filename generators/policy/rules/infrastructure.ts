import { code, inline } from '../../inline.ts';
import { texts } from '../../lang/shell/arguments.ts';
import { operandsOf } from '../../lang/shell/global-options.ts';
import type { Exec, Match } from '../call.ts';
import { shown } from '../wording.ts';
import type { ReadyMadeRule } from './rule.ts';

/** Changes of systems that others use: clusters, clouds, databases, volumes. */
export const infrastructure: ReadyMadeRule<object> = {
  name: 'infrastructure',
  default: 'ask',
  description: `
    Changing or removing infrastructure: {command}\`terraform apply\` and {command}\`destroy\`, {command}\`kubectl delete\`,
    {command}\`helm uninstall\`, {command}\`docker compose down -v\`, {command}\`dropdb\` and {command}\`DROP\`, buckets and
    other resources of clouds.`,
  compile: () => ({ rule: {} }),

  checkCommand(exec) {
    const { base, args } = exec;
    if (base === null) return null;
    const options = texts(args);
    if (options.some((word) => /^--?(help|dry-run(=.*)?|version)$/.test(word) && word !== '--dry-run=none'))
      return null;
    const known = sameAs[base] ?? base;
    const changes = Object.hasOwn(tools, known) ? tools[known] : undefined;
    if (changes?.(operandsOf(base, args), options) === true) return removes(exec);
    return databases.has(known) && sql(exec).some((text) => dropping.test(text)) ? removes(exec) : null;
  },

  mayMatch: () => ({ commands: [...Object.keys(tools), ...Object.keys(sameAs), ...databases] }),

  sentence: () =>
    inline`changing infrastructure (${code('terraform apply')}, ${code('kubectl delete')}, ${code('docker compose down -v')}, ${code('DROP TABLE')}, resources of clouds).`,
};

const removes = (exec: Exec): Match => ({
  reason: `\`${shown(exec.base ?? '', exec.args)}\` changes or removes infrastructure or data, for everybody who uses it. Show first what it would do.`,
});

type Changes = (words: readonly string[], options: readonly string[]) => boolean;

const first =
  (...sequences: string[]): Changes =>
  (words) =>
    sequences.some((sequence) => sequence.split(' ').every((word, index) => words[index] === word));

const anyWord =
  (...names: string[]): Changes =>
  (words) =>
    words.slice(0, 6).some((word) => names.includes(word));

const always: Changes = () => true;

const volumes = (options: readonly string[]): boolean =>
  options.some((word) => /^(-[a-z]*v[a-z]*|--volumes)$/.test(word));

const containers: Changes = (words, options) =>
  (words[0] === 'rm' && volumes(options)) ||
  first('volume rm', 'volume remove', 'volume prune', 'system prune')(words, options) ||
  (words[0] === 'compose' && words.includes('down') && volumes(options));

/** By command: whether a call changes or removes what others use. From their manual pages. */
const tools: Readonly<Record<string, Changes>> = {
  terraform: first('destroy', 'apply', 'state rm', 'workspace delete', 'run-all apply', 'run-all destroy'),
  pulumi: first('up', 'update', 'destroy', 'stack rm'),
  kubectl: first('delete', 'drain'),
  helm: first('uninstall', 'delete', 'del', 'un'),
  argocd: first('app delete', 'cluster rm', 'proj delete'),
  flux: first('uninstall', 'delete'),
  eksctl: first('delete', 'drain'),
  kind: first('delete'),
  k3d: first('cluster delete'),
  minikube: first('delete', 'kubectl delete', 'kubectl drain'),
  docker: containers,
  'docker-compose': (words, options) => words.includes('down') && volumes(options),
  dropdb: always,
  dropuser: always,
  mysqladmin: anyWord('drop'),
  'redis-cli': (words) => words.some((word) => /^(flushall|flushdb)$/i.test(word)),
  etcdctl: first('del'),
  vault: first('delete', 'kv delete', 'kv destroy', 'kv metadata delete', 'secrets disable'),
  // copies
  rclone: first('purge', 'delete', 'deletefile', 'sync', 'rmdirs'),
  borg: first('delete'),
  restic: first('forget', 'prune'),
  aws: (words, options) =>
    first('s3 rb')(words, options) ||
    (first('s3 rm')(words, options) && options.includes('--recursive')) ||
    (first('s3 sync')(words, options) && options.includes('--delete')) ||
    /^(delete|terminate|deregister|remove|purge)-/.test(words[1] ?? ''),
  gcloud: (words, options) =>
    anyWord('delete', 'destroy')(words, options) ||
    (first('storage rm', 'storage buckets')(words, options) && words.includes('rm')),
  gsutil: (words, options) =>
    words[0] === 'rb' || (words[0] === 'rm' && options.some((word) => /^-[a-z]*r/i.test(word))),
  bq: first('rm'),
  az: anyWord('delete', 'purge'),
  doctl: anyWord('delete', 'destroy'),
  hcloud: anyWord('delete'),
  'linode-cli': anyWord('delete'),
  k3s: first('kubectl delete', 'kubectl drain'),
  microk8s: first('kubectl delete', 'kubectl drain', 'reset'),
  heroku: (words) => words.some((word) => /:(destroy|reset)$/.test(word)),
  fly: anyWord('destroy'),
  wrangler: first('delete', 'd1 delete', 'r2 bucket delete', 'kv namespace delete'),
  vercel: first('rm', 'remove'),
  firebase: (words) => /:(delete|disable)$/.test(words[0] ?? ''),
  supabase: first('db reset', 'projects delete'),
  cdk: first('destroy', 'deploy'),
  sam: first('delete'),
  serverless: first('remove'),
  gh: first('repo delete', 'release delete', 'secret delete'),
  vagrant: first('destroy'),
  virsh: first('destroy', 'undefine', 'vol-delete', 'pool-delete'),
  incus: first('delete'),
  nomad: (words, options) => first('job stop')(words, options) && options.some((word) => /^--?purge$/.test(word)),
  consul: first('kv delete'),
  // databases of web frameworks
  php: (words) => words[0] === 'artisan' && wipes.test(words[1] ?? ''),
  artisan: ([word = '']) => wipes.test(word),
  python: (words) => /(^|\/)manage\.py$/.test(words[0] ?? '') && /^(flush|reset_db)$/.test(words[1] ?? ''),
  'manage.py': first('flush', 'reset_db'),
  mix: first('ecto.drop', 'ecto.reset'),
  sequelize: first('db:drop'),
  typeorm: first('schema:drop'),
  dotnet: first('ef database drop'),
  rails: (words) => words.some((word) => /^db:(drop|reset|purge)/.test(word)),
  prisma: (words, options) => first('migrate reset')(words, options) || options.includes('--force-reset'),
};

const wipes = /^(migrate:(fresh|refresh|reset)|db:wipe)$/;

const sameAs: Readonly<Record<string, string>> = {
  tofu: 'terraform',
  terragrunt: 'terraform',
  oc: 'kubectl',
  podman: 'docker',
  nerdctl: 'docker',
  'podman-compose': 'docker-compose',
  flyctl: 'fly',
  lxc: 'incus',
  sls: 'serverless',
  rake: 'rails',
  python3: 'python',
  bao: 'vault',
};

/** Clients of databases that take statements as text. */
const databases = new Set([
  ...[
    'psql',
    'mysql',
    'mariadb',
    'sqlite3',
    'sqlcmd',
    'clickhouse-client',
    'duckdb',
    'cqlsh',
    'mongosh',
    'mongo',
    'usql',
  ],
  ...['pgcli', 'mycli', 'litecli', 'cockroach'],
]);

const dropping =
  /\b(DROP\s+(TABLE|DATABASE|SCHEMA|VIEW|INDEX|USER|ROLE|COLUMN|KEYSPACE|COLLECTION|MATERIALIZED|TYPE|FUNCTION)|TRUNCATE\s+(TABLE\s+)?["`\w]|DELETE\s+FROM\s+["`\w.]+\s*(;|["']?$))|dropDatabase\s*\(|\.drop\s*\(\s*\)/i;

/** Statements in arguments, here-documents and what `echo` passes. */
function sql(exec: Exec): string[] {
  const feeders = exec.line.pipelines[exec.pipeline]?.stages.slice(0, exec.stage) ?? [];
  const fed = feeders.flatMap((index) => (index === null ? [] : (exec.line.invocations[index]?.args ?? [])));
  const words = [
    ...exec.args,
    ...fed,
    ...exec.redirections.flatMap(({ operator, target }) => (operator.startsWith('<<') && target ? [target] : [])),
  ];
  return words.map(({ text, raw }) => text ?? raw);
}
