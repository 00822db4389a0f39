import { sortArguments } from './arguments.ts';
import { commandFacts } from './command-table.ts';
import type { Word } from './line.ts';

/**
 * Options with a value that may stand before the subcommand, by command, so that `kubectl -n prod delete` is understood as
 * `delete`. An option that is not listed takes no value.
 */
const valued: Readonly<Record<string, string>> = {
  kubectl:
    '-n --namespace --context --cluster --user --kubeconfig --as --as-group --token --server -s --request-timeout -l --selector -f --filename -o --output -c --container',
  helm: '-n --namespace --kube-context --kubeconfig --registry-config --repository-config -f --values --set --version',
  docker:
    '-H --host -c --context --config -l --log-level -f --file -p --project-name --profile --env-file --project-directory',
  terraform: '-var -var-file -target -state',
  aws: '--profile --region --output --endpoint-url --query --cli-connect-timeout --cli-read-timeout --ca-bundle --color',
  gcloud: '--project --account --configuration --format --zone --region --impersonate-service-account --verbosity',
  gsutil: '-o -h -u -i',
  az: '--subscription --resource-group -g --name -n --output -o --query',
  heroku: '-a --app',
  vercel: '--token -t --scope -S --cwd',
  fly: '-a --app -t --access-token -c --config -o --org',
  gh: '-R --repo --hostname',
  nix: '-I --extra-experimental-features --experimental-features --store --log-format --profile -f --file -j',
  npm: '--prefix -C --registry --loglevel -w --workspace --cache --userconfig',
  pnpm: '-C --dir --filter -F --reporter',
  yarn: '--cwd --registry',
  bun: '--cwd --config -c',
  cargo: '--config -Z --color -C --manifest-path --target --features -F -p --package',
  go: '-C',
  pip: '--python --log --proxy --timeout --retries --cert --cache-dir',
  uv: '--directory --project --config-file --cache-dir --python -p --color',
  mise: '-C --cd -E --env',
  dotnet: '--additionalprobingpath --fx-version',
  stack: '--stack-yaml --resolver --work-dir --system-ghc',
  cabal: '--config-file --store-dir',
  systemctl: '-H --host -M --machine -t --type -n --lines -p --property',
  psql: '-h -p -U -d -c -f --host --port --username --dbname --command --file',
  op: '--account --vault --config --session',
  pulumi: '-C --cwd -s --stack --color',
  vault: '-address -namespace -field -format -mount',
};

const sameAs: Readonly<Record<string, string>> = {
  oc: 'kubectl',
  'docker-compose': 'docker',
  podman: 'docker',
  'podman-compose': 'docker',
  nerdctl: 'docker',
  tofu: 'terraform',
  terragrunt: 'terraform',
  flyctl: 'fly',
  pip3: 'pip',
  bao: 'vault',
};

/** Options of a command that take a value and may precede the subcommand. */
export function globalOptions(command: string): readonly string[] {
  const name = sameAs[command] ?? command;
  const listed = Object.hasOwn(valued, name) ? valued[name] : commandFacts(name)?.valued;
  return listed?.split(' ') ?? [];
}

/** The words of a command that are neither options nor their values, up to the first that is not known. */
export function operandsOf(command: string, args: readonly Word[]): string[] {
  const { operands } = sortArguments(args, globalOptions(command));
  const unknown = operands.findIndex(({ text }) => text === null);
  return (unknown < 0 ? operands : operands.slice(0, unknown)).map(({ text }) => text ?? '');
}
