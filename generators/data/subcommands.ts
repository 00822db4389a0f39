/** A tool with subcommands. */
export interface SubcommandTool {
  /** One word (`status`), or two if the first is a group (`compose up`). */
  names: ReadonlySet<string>;
  /** First words that are followed by a second. */
  groups: ReadonlySet<string>;
  /** Options before the subcommand whose value is the next word. */
  valued: ReadonlySet<string>;
}

const tool = (names: string, valued = '', groups: Readonly<Record<string, string>> = {}): SubcommandTool => ({
  names: new Set([
    ...words(names),
    ...Object.entries(groups).flatMap(([group, under]) => [group, ...words(under).map((name) => `${group} ${name}`)]),
  ]),
  groups: new Set(Object.keys(groups)),
  valued: new Set(words(valued)),
});

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

const containers = `attach build commit cp create diff events exec export history images import info inspect kill load
  login logout logs pause port ps pull push rename restart rm rmi run save search start stats stop tag top unpause
  update version wait`;
const objects = 'create inspect ls list prune rm';

/**
 * Subcommands of tools, from their manuals. Only these may be written to a snapshot; any other word counts for the
 * tool alone.
 */
export const subcommandTools: ReadonlyMap<string, SubcommandTool> = new Map<string, SubcommandTool>([
  [
    'git',
    tool(
      `add am apply archive bisect blame branch bundle cat-file check-ignore checkout cherry cherry-pick clean clone commit
      config count-objects credential describe diff difftool fetch filter-branch filter-repo format-patch fsck gc grep gui
      hash-object help init lfs log ls-files ls-remote ls-tree maintenance merge merge-base mergetool mv name-rev pull push
      range-diff rebase reflog remote repack replace request-pull rerere reset restore revert rev-list rev-parse rm
      send-email shortlog show show-ref sparse-checkout stash status submodule switch symbolic-ref tag update-index
      update-ref version whatchanged worktree`,
      '-C -c --git-dir --work-tree --namespace --exec-path',
      {
        stash: 'apply clear drop list pop push show',
        remote: 'add remove rename set-url show prune update',
        worktree: 'add list prune remove',
        submodule: 'add foreach init status sync update',
        bisect: 'bad good reset run start skip',
      },
    ),
  ],
  [
    'nix',
    tool(
      `build bundle copy daemon derivation develop edit eval flake fmt hash help key log nar path-info print-dev-env
      profile realisation registry repl run search shell show-config show-derivation store upgrade-nix why-depends`,
      '--extra-experimental-features --experimental-features --option --log-format --store -f -I --accept-flake-config',
      {
        flake: 'archive check clone info init lock metadata new prefetch show update',
        profile: 'add diff-closures history install list remove rollback upgrade wipe-history',
        store: 'add cat copy-sigs delete diff-closures gc info ls optimise ping prefetch-file repair verify',
        registry: 'add list pin remove',
        derivation: 'add show',
        hash: 'convert file path to-sri',
      },
    ),
  ],
  ['nix-env', tool('')],
  [
    'nixos-rebuild',
    tool(
      'boot build build-image build-vm build-vm-with-bootloader dry-activate dry-build edit list-generations repl switch test',
    ),
  ],
  [
    'home-manager',
    tool(
      'build edit expire-generations generations help init news option packages remove-generations repl switch uninstall',
    ),
  ],
  [
    'nh',
    tool('search', '', {
      os: 'boot build info repl rollback switch test',
      home: 'build repl switch',
      clean: 'all profile user',
      darwin: 'build switch',
    }),
  ],
  ['darwin-rebuild', tool('build check edit switch')],
  ['colmena', tool('apply apply-local build eval exec nix-info repl upload-keys')],
  [
    'cargo',
    tool(
      `add audit bench build check clean clippy deny doc expand fetch fix flamegraph fmt generate info init insta install
      login metadata miri new nextest outdated package publish remove run rustc rustdoc search test tree udeps uninstall
      update upgrade vendor version watch yank`,
      '--config -Z -C --color',
    ),
  ],
  [
    'rustup',
    tool('check completions default doc install override run self show target toolchain uninstall update which', '', {
      target: 'add list remove',
      component: 'add list remove',
      toolchain: 'install list uninstall link',
    }),
  ],
  [
    'docker',
    tool(
      `${containers} scout secret service stack swarm trust`,
      '-c -H -l --context --config --host --log-level -f -p --file --profile --project-name --project-directory --env-file',
      {
        compose:
          'attach build config cp create down events exec images kill logs ls pause port ps pull push restart rm run start stop top unpause up version watch',
        image: `${objects} build pull push tag load save history`,
        container: `${objects} exec logs start stop restart stats`,
        volume: objects,
        network: `${objects} connect disconnect`,
        system: 'df events info prune',
        buildx: 'bake build create du inspect ls prune rm use',
        builder: 'build prune',
        context: 'create export import inspect ls rm show update use',
      },
    ),
  ],
  [
    'docker-compose',
    tool(
      'build config create down events exec images kill logs pause port ps pull push restart rm run start stop top unpause up version',
      '-f -p --file --project-name --profile --env-file',
    ),
  ],
  [
    'podman',
    tool(
      `${containers} auto-update generate healthcheck kube mount play secret unmount unshare`,
      '-c --connection --log-level --root -f -p --file --profile --project-name',
      {
        compose: 'build down exec logs ps pull restart run start stop up',
        machine: 'init inspect list rm set ssh start stop',
        system: 'df info migrate prune reset service',
        volume: objects,
        network: objects,
        image: objects,
        pod: `${objects} ps start stop`,
      },
    ),
  ],
  [
    'kubectl',
    tool(
      `annotate api-resources api-versions apply attach auth autoscale certificate cluster-info completion config cordon cp
      create debug delete describe diff drain edit events exec explain expose get kustomize label logs options patch plugin
      port-forward proxy replace rollout run scale set taint top uncordon version wait`,
      '-n -s --namespace --context --kubeconfig --cluster --user --server',
      {
        rollout: 'history pause restart resume status undo',
        config: 'current-context get-contexts set-context use-context view',
      },
    ),
  ],
  [
    'helm',
    tool(
      'completion create dependency diff env get history install lint list package plugin pull push registry repo rollback search show status template test uninstall upgrade verify version',
      '-n --namespace --kube-context --kubeconfig',
    ),
  ],
  [
    'gh',
    tool('alias api attestation browse completion extension help search status', '-R --repo', {
      auth: 'login logout refresh setup-git status switch token',
      pr: 'checkout checks close comment create diff edit list merge ready reopen review revert status update-branch view',
      issue: 'close comment create delete develop edit list reopen status transfer view',
      repo: 'archive clone create delete edit fork list rename set-default sync view',
      run: 'cancel delete download list rerun view watch',
      workflow: 'disable enable list run view',
      release: 'create delete download edit list upload view',
      gist: 'clone create delete edit list view',
      secret: 'delete list set',
      variable: 'delete get list set',
      codespace: 'code cp create delete edit list logs ssh stop',
    }),
  ],
  ['glab', tool('api auth ci config help issue job label mr release repo snippet ssh-key user variable version')],
  [
    'systemctl',
    tool(
      `cat daemon-reexec daemon-reload disable edit enable get-default halt hibernate is-active is-enabled is-failed
      is-system-running isolate kill link list-dependencies list-jobs list-sockets list-timers list-unit-files list-units
      mask poweroff preset reboot reenable reload reload-or-restart reset-failed restart revert set-default
      set-environment show show-environment soft-reboot start status stop suspend switch-root try-restart unmask`,
      '-H -M -t -p -n -o --host --machine --type --property --state --root',
    ),
  ],
  ['journalctl', tool('')],
  [
    'loginctl',
    tool(
      'attach disable-linger enable-linger kill-session list-seats list-sessions list-users lock-session session-status show-session show-user terminate-session terminate-user unlock-session',
    ),
  ],
  [
    'machinectl',
    tool(
      'image-status list list-images login poweroff pull-raw pull-tar reboot shell show start status stop terminate',
    ),
  ],
  ['networkctl', tool('delete down list lldp reconfigure reload renew status up')],
  ['resolvectl', tool('dns domain flush-caches log-level monitor query statistics status')],
  ['bootctl', tool('install is-installed list set-default set-oneshot status update')],
  ['timedatectl', tool('list-timezones set-ntp set-time set-timezone show status timesync-status')],
  ['hostnamectl', tool('hostname icon-name set-hostname status')],
  ['udevadm', tool('control info monitor settle test trigger')],
  [
    'nmcli',
    tool('agent c con connection d dev device general help monitor networking radio', '-f -t -c', {
      connection: 'add delete down edit import modify reload show up',
      device: 'connect disconnect show status wifi',
    }),
  ],
  [
    'bluetoothctl',
    tool('agent connect devices disconnect info list pair paired-devices power remove scan show trust untrust'),
  ],
  ['ip', tool('a addr address l link maddr monitor n neigh neighbor netns r route rule tunnel xfrm', '-n -f')],
  [
    'zfs',
    tool(
      'clone create destroy diff get hold inherit list load-key mount promote receive release rename rollback send set snapshot unload-key unmount upgrade',
    ),
  ],
  [
    'zpool',
    tool(
      'add attach clear create destroy detach export get history import iostat list offline online remove replace scrub set status trim upgrade',
    ),
  ],
  [
    'btrfs',
    tool(
      'balance check device filesystem inspect-internal property qgroup quota receive replace rescue restore scrub send subvolume',
      '',
      { subvolume: 'create delete list show snapshot', filesystem: 'defragment df du resize show sync usage' },
    ),
  ],
  ['cryptsetup', tool('close isLuks luksAddKey luksClose luksDump luksFormat luksOpen luksRemoveKey open status')],
  [
    'npm',
    tool(
      'access adduser audit bin cache ci config dedupe doctor exec explain fund help i init install link list login logout ls outdated pack ping prune publish query rebuild remove repo root run run-script search start stop test uninstall unlink update version view whoami',
      '--prefix -w --workspace -C',
    ),
  ],
  [
    'pnpm',
    tool(
      'add approve-builds audit config create dedupe deploy dlx env exec fetch i import init install licenses link list ls outdated pack patch prune publish rebuild remove run self-update start store test unlink update why',
      '-C --dir -F --filter',
    ),
  ],
  [
    'yarn',
    tool(
      'add audit bin cache config create dedupe dlx exec explain global info init install link list login node npm outdated pack plugin publish remove run set start test unlink up upgrade upgrade-interactive version why workspace workspaces',
      '--cwd',
    ),
  ],
  [
    'bun',
    tool(
      'add build create exec i init install link outdated patch pm publish remove repl run test unlink update upgrade why x',
      '--cwd',
    ),
  ],
  [
    'deno',
    tool(
      'add bench cache check compile coverage doc eval fmt info init install jupyter lint lsp publish remove repl run serve task test types uninstall upgrade vendor',
    ),
  ],
  [
    'uv',
    tool(
      'add build cache export init lock publish remove run self sync tree venv version',
      '--directory --project -p --python --color',
      {
        pip: 'check compile freeze install list show sync tree uninstall',
        python: 'dir find install list pin uninstall upgrade',
        tool: 'dir install list run uninstall update-shell upgrade',
      },
    ),
  ],
  [
    'pip',
    tool('cache check config debug download freeze hash help index inspect install list search show uninstall wheel'),
  ],
  [
    'pip3',
    tool('cache check config debug download freeze hash help index inspect install list search show uninstall wheel'),
  ],
  [
    'pipx',
    tool(
      'ensurepath environment inject install list reinstall reinstall-all run runpip uninstall uninstall-all upgrade upgrade-all',
    ),
  ],
  [
    'poetry',
    tool(
      'about add build cache check config debug env export init install list lock new publish remove run search self shell show source sync update version',
      '-C -P',
    ),
  ],
  [
    'conda',
    tool('activate clean config create deactivate env export info init install list remove rename run search update'),
  ],
  [
    'go',
    tool(
      'bug build clean doc env fix fmt generate get help install list mod run telemetry test tool version vet work',
      '-C',
      { mod: 'download edit graph init tidy vendor verify why', work: 'edit init sync use vendor' },
    ),
  ],
  [
    'dotnet',
    tool('add build clean format list new nuget pack publish remove restore run sln test tool watch workload'),
  ],
  ['mvn', tool('clean compile deploy install package site test validate verify', '-f -P -pl -T')],
  ['gradle', tool('assemble build check clean dependencies init projects publish run tasks test wrapper', '-p -b -x')],
  [
    'bundle',
    tool('add audit check clean config doctor exec info init install list lock open outdated remove show update'),
  ],
  [
    'gem',
    tool('build cleanup contents env fetch help info install list outdated pristine push search uninstall update'),
  ],
  [
    'composer',
    tool(
      'about archive audit config create-project diagnose dump-autoload exec global init install outdated remove require run-script search self-update show update validate',
      '-d',
    ),
  ],
  [
    'mix',
    tool(
      'archive.install assets.deploy compile credo deps.clean deps.get deps.tree deps.update dialyzer do ecto.create ecto.drop ecto.migrate ecto.reset format help hex.info local.hex new phx.gen.schema phx.new phx.server release run test',
    ),
  ],
  [
    'stack',
    tool('build clean config exec ghc ghci haddock init install new path run runghc setup test unpack update upgrade'),
  ],
  [
    'cabal',
    tool(
      'bench build check clean configure exec freeze get haddock init install list outdated repl run sdist test update upload',
    ),
  ],
  [
    'opam',
    tool(
      'admin config env exec init install lint list lock option pin remove repository search show source switch update upgrade var',
    ),
  ],
  ['zig', tool('ar ast-check build build-exe build-lib build-obj c++ cc env fetch fmt init run std test version')],
  [
    'terraform',
    tool(
      'apply console destroy fmt force-unlock get graph import init login logout output plan providers refresh show state taint test untaint validate version workspace',
      '',
      { state: 'list mv pull push rm show', workspace: 'delete list new select show' },
    ),
  ],
  [
    'tofu',
    tool(
      'apply console destroy fmt force-unlock get graph import init login logout output plan providers refresh show state taint test untaint validate version workspace',
      '',
      { state: 'list mv pull push rm show', workspace: 'delete list new select show' },
    ),
  ],
  [
    'pulumi',
    tool(
      'cancel config convert destroy env import install login logout new org package plugin policy preview refresh stack state up version watch whoami',
      '-s -C --stack --cwd',
    ),
  ],
  ['ansible', tool('')],
  [
    'vagrant',
    tool(
      'box destroy global-status halt init package plugin port provision reload resume snapshot ssh ssh-config status suspend up validate',
      '',
    ),
  ],
  [
    'aws',
    tool(
      'apigateway athena autoscaling bedrock cloudformation cloudfront cloudwatch codebuild cognito-idp configure dynamodb ec2 ecr ecs efs eks elasticache elbv2 events glue iam kinesis kms lambda logs organizations rds redshift route53 s3 s3api sagemaker secretsmanager sns sqs ssm sso stepfunctions sts',
      '--profile --region --output --endpoint-url --query',
    ),
  ],
  [
    'gcloud',
    tool(
      'alpha app artifacts asset auth beta billing builds components compute config container dataflow dataproc dns endpoints firestore functions iam info init kms logging monitoring organizations projects pubsub redis run scheduler secrets services source sql storage tasks version workflows',
      '--project --account --configuration --region --zone --format',
    ),
  ],
  [
    'az',
    tool(
      'account acr ad aks appservice backup cloud cognitiveservices config container containerapp cosmosdb deployment devops disk extension feedback find functionapp group identity image keyvault lock login logout logicapp maps monitor mysql network policy postgres provider redis resource role search servicebus sig snapshot sql sshkey staticwebapp storage tag upgrade version vm vmss webapp',
      '--subscription -o',
    ),
  ],
  [
    'doctl',
    tool(
      'account apps auth balance compute databases invoice kubernetes monitoring projects registry serverless version',
    ),
  ],
  [
    'hcloud',
    tool(
      'certificate config context datacenter firewall floating-ip image iso load-balancer location network placement-group primary-ip server server-type ssh-key version volume',
    ),
  ],
  [
    'flyctl',
    tool(
      'apps auth certs config console deploy destroy ips launch logs machine monitor open postgres proxy releases restart scale secrets ssh status volumes',
    ),
  ],
  [
    'fly',
    tool(
      'apps auth certs config console deploy destroy ips launch logs machine monitor open postgres proxy releases restart scale secrets ssh status volumes',
    ),
  ],
  [
    'heroku',
    tool(
      'access addons apps auth certs config container create domains drains features git info join labs local logs login logout maintenance members pg pipelines plugins ps redis releases restart run scale sessions',
    ),
  ],
  [
    'vercel',
    tool(
      'alias bisect build certs deploy dev dns domains env git inspect link list login logout logs ls project promote pull redeploy remove rollback switch teams whoami',
    ),
  ],
  [
    'wrangler',
    tool(
      'd1 delete deploy dev docs generate init kv login logout pages pubsub queues r2 rollback secret tail versions whoami',
    ),
  ],
  [
    'flatpak',
    tool(
      'config create-usb document-export enter history info install kill list make-current mask override permission-reset permission-show permissions pin ps remote-add remote-delete remote-info remote-ls remote-modify remotes repair run search uninstall update',
    ),
  ],
  ['snap', tool('changes connect disable enable find info install list refresh remove revert run services')],
  [
    'apt-get',
    tool(
      'autoclean autoremove build-dep changelog check clean dist-upgrade download install purge remove source update upgrade',
      '-t -o -c --target-release --option --config-file',
    ),
  ],
  ['apt', tool('autoremove full-upgrade install list purge remove search show update upgrade')],
  [
    'brew',
    tool(
      'autoremove bundle cask cleanup config deps doctor info install link list outdated search services tap uninstall unlink untap update upgrade',
    ),
  ],
  [
    'tmux',
    tool(
      'a attach attach-session bind-key capture-pane detach has-session kill-pane kill-server kill-session kill-window list-keys list-sessions ls new new-session new-window rename-session rename-window select-pane select-window send-keys set-option show-options source-file split-window swap-window switch-client',
      '-f -L -S -T',
    ),
  ],
  [
    'zellij',
    tool(
      'a action attach convert-config delete-all-sessions delete-session edit kill-all-sessions kill-session list-aliases list-sessions ls options plugin run setup',
      '-s -l -c --session --layout --config',
    ),
  ],
  [
    'direnv',
    tool('allow apply_dump block deny dump edit exec export fetchurl help hook prune reload status stdlib version'),
  ],
  ['devenv', tool('build container gc info init inputs processes repl search shell tasks test up update version')],
  [
    'devbox',
    tool(
      'add cache create generate global info init install list remove run search secrets services shell update version',
    ),
  ],
  [
    'mise',
    tool(
      'activate alias backends cache completion config current deactivate doctor env exec implode install latest link ls ls-remote outdated plugins prune reshim run search self-update set settings sync task tasks trust uninstall unset unuse upgrade use version watch where which x',
    ),
  ],
  [
    'atuin',
    tool(
      'account daemon doctor history import init key login logout register search server status store stats sync uuid wrapped',
    ),
  ],
  ['zoxide', tool('add edit import init query remove')],
  [
    'chezmoi',
    tool(
      'add apply archive cat cd data diff doctor dump edit edit-config encrypt execute-template forget git import init managed merge purge re-add remove source-path state status target-path unmanaged update verify',
    ),
  ],
  [
    'jj',
    tool(
      'abandon absorb backout bookmark commit config describe diff diffedit duplicate edit evolog file fix git help init interdiff log new next op operation parallelize prev rebase resolve restore root show sign simplify-parents sparse split squash st status tag undo util version workspace',
      '-R --repository --config',
      {
        git: 'clone export fetch import init push remote',
        bookmark: 'create delete forget list move rename set track',
      },
    ),
  ],
  [
    'hg',
    tool(
      'add branch bundle clone commit copy diff export forget heads histedit id import incoming init log merge outgoing parents paths phase pull push rebase remove rename resolve revert rollback shelve status strip summary tag tip unshelve update verify',
      '-R',
    ),
  ],
  [
    'svn',
    tool(
      'add blame cat checkout cleanup commit copy delete diff export import info list log merge move propget propset relocate resolve revert status switch update',
    ),
  ],
  [
    'restic',
    tool(
      'backup cache cat check copy diff dump find forget generate init key list ls migrate mount prune rebuild-index recover restore rewrite self-update snapshots stats tag unlock version',
      '-r --repo -p --password-file --cache-dir',
    ),
  ],
  [
    'borg',
    tool(
      'benchmark break-lock change-passphrase check compact config create delete diff export-tar extract import-tar info init key list mount prune recreate rename serve umount upgrade with-lock',
    ),
  ],
  [
    'rclone',
    tool(
      'about backend bisync cat check cleanup config copy copyto copyurl cryptcheck dedupe delete deletefile genautocomplete hashsum link ls lsd lsf lsjson lsl md5sum mkdir mount move moveto ncdu obscure purge rc rcat rcd rmdir rmdirs selfupdate serve settier sha1sum size sync test touch tree version',
      '--config --log-file --log-level',
    ),
  ],
  [
    'vault',
    tool(
      'agent audit auth debug delete kv lease list login namespace operator path-help plugin policy print proxy read secrets server ssh status token unwrap version write',
      '-address -namespace',
    ),
  ],
  [
    'op',
    tool(
      'account connect document events-api group inject item plugin read run service-account signin signout update user vault whoami',
    ),
  ],
  [
    'bw',
    tool(
      'completion config confirm create delete edit encode export generate get import list lock login logout move restore send serve status sync template unlock update',
    ),
  ],
  ['pass', tool('cp edit find generate git grep init insert ls mv otp rm show')],
  [
    'gopass',
    tool(
      'audit cat clone config copy create delete edit env find generate git grep history init insert link list move mounts otp process recipients setup show sum sync templates unclip update version',
    ),
  ],
  [
    'sops',
    tool('decrypt edit encrypt exec-env exec-file filestatus groups keyservice publish rotate set unset updatekeys'),
  ],
  ['ollama', tool('cp create help list ls ps pull push rm run serve show stop')],
  ['claude', tool('auth config doctor install mcp migrate-installer plugin setup-token update', '--model -p')],
  ['codex', tool('apply cloud completion exec login logout mcp proto resume')],
  ['opencode', tool('agent auth export github import mcp models run serve stats upgrade web')],
  ['just', tool('')],
  [
    'task',
    tool(
      'add annotate append calendar completed config context count delete denotate done duplicate edit export import information list log modify next prepend projects purge stats start stop summary sync tags undo waiting',
    ),
  ],
  [
    'virsh',
    tool(
      'attach-disk autostart console create define destroy detach-disk domifaddr dominfo domstate dumpxml edit list managedsave migrate net-define net-destroy net-list net-start nodeinfo pool-list pool-start reboot reset restore resume save setmem setvcpus shutdown snapshot-create snapshot-list snapshot-revert start suspend undefine vcpuinfo vol-list',
      '-c',
    ),
  ],
  [
    'incus',
    tool(
      'admin alias cluster config console copy create delete exec export file image import info launch list monitor move network operation pause profile project publish query rebuild remote rename restart restore resume snapshot start stop storage top version warning',
    ),
  ],
  [
    'lxc',
    tool(
      'alias cluster config console copy delete exec export file image import info init launch list monitor move network operation pause profile project publish query remote rename restart restore resume snapshot start stop storage version',
    ),
  ],
  [
    'minikube',
    tool(
      'addons cache config cp dashboard delete docker-env help image ip kubectl logs mount node pause podman-env profile service ssh start status stop tunnel unpause update-check version',
      '-p --profile',
    ),
  ],
  ['kind', tool('build completion create delete export get load version')],
  ['k3d', tool('cluster completion config image kubeconfig node registry version')],
  [
    'argocd',
    tool('account admin app appset cert cluster context gpg login logout proj relogin repo repocreds version'),
  ],
  [
    'flux',
    tool(
      'bootstrap build check completion create debug delete diff events export get install list logs pull push reconcile resume stats suspend tag trace tree uninstall version',
    ),
  ],
  [
    'tailscale',
    tool(
      'bugreport cert configure debug dns down drive exit-node file funnel ip licenses lock login logout metrics nc netcheck ping serve set ssh status switch up update version web whois',
    ),
  ],
  [
    'fwupdmgr',
    tool(
      'activate clear-history disable-remote downgrade enable-remote get-devices get-history get-remotes get-updates install local-install refresh reinstall security switch-branch update verify',
    ),
  ],
  [
    'cachix',
    tool(
      'activate authtoken config daemon deploy doctor generate-keypair import pin push remove use version watch-exec watch-store',
      '-c --config',
    ),
  ],
  ['agenix', tool('')],
  [
    'playerctl',
    tool('loop metadata next open pause play play-pause position previous shuffle status stop volume', '-p --player'),
  ],
  [
    'pactl',
    tool(
      'exit get-default-sink get-sink-volume info list load-module move-sink-input play-sample set-card-profile set-default-sink set-default-source set-sink-mute set-sink-volume set-source-mute set-source-volume stat subscribe suspend-sink unload-module',
    ),
  ],
  ['wpctl', tool('clear-default get-volume inspect set-default set-mute set-profile set-volume settings status')],
  ['brightnessctl', tool('get info max set', '-d -c')],
  [
    'hyprctl',
    tool(
      'activewindow binds clients cursorpos devices dispatch hyprpaper keyword kill layers monitors notify output plugin reload seterror setprop switchxkblayout version workspaces',
    ),
  ],
  [
    'openssl',
    tool(
      'asn1parse ca ciphers cms crl dgst dhparam dsa ec ecparam enc genpkey genrsa passwd pkcs12 pkcs7 pkcs8 pkey pkeyutl rand req rsa s_client s_server s_time speed verify version x509',
    ),
  ],
  ['pg_ctl', tool('init initdb promote reload restart start status stop')],
  ['hugo', tool('build completion config convert deploy env gen import list mod new server version', '-s --source')],
  [
    'pre-commit',
    tool(
      'autoupdate clean gc init-templatedir install install-hooks migrate-config run sample-config try-repo uninstall',
    ),
  ],
  ['ruff', tool('analyze check clean config format linter rule server version', '--config')],
  ['biome', tool('check ci clean explain format init lint lsp-proxy migrate rage search start stop version')],
  ['prisma', tool('db debug format generate init migrate studio validate version')],
  ['supabase', tool('db functions gen init link login logout migration projects secrets seed start status stop test')],
]);

/**
 * The subcommand among a tool's arguments, if the table has it; else null.
 * @param words fixed text of each argument; null where it is an expansion
 */
export function subcommandOf(command: string, words: readonly (string | null)[]): string | null {
  const found = subcommandTools.get(command);
  if (found === undefined) return null;
  let index = 0;
  for (; index < words.length; index++) {
    const word = words[index];
    if (word === null || word === undefined) return null;
    if (!word.startsWith('-') && !word.startsWith('+')) break;
    if (found.valued.has(word)) index += command === 'nix' && word === '--option' ? 2 : 1;
  }
  const first = words[index];
  if (typeof first !== 'string' || !found.names.has(first)) return null;
  if (!found.groups.has(first)) return first;
  // `docker compose -f x.yml up`; the word after an unknown option may be its value.
  index += 1;
  for (; ; index++) {
    const word = words[index] ?? '';
    if (found.valued.has(word)) index += 1;
    else if (!/^--[^=]+=/.test(word)) break;
  }
  const second = words[index];
  const both = `${first} ${second}`;
  return typeof second === 'string' && found.names.has(both) ? both : first;
}
