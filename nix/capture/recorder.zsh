# Records name, subcommand, status and duration of commands for nixos-intelligence: no arguments.
# NIXOS_INTELLIGENCE_CAPTURE=0 switches it off. A name is written only if a program of that name is on
# PATH or publicly known, a subcommand only from its tool's list. What was typed is split and compared,
# never evaluated; no process is started for a command.
if [[ -o interactive && -z ${__ni_log-} ]] && zmodload zsh/datetime 2>/dev/null; then
typeset -g __ni_log=${XDG_STATE_HOME:-$HOME/.local/state}/nixos-intelligence/commands.log
typeset -gA __ni_sub
__ni_sub=(
  git ' add am apply archive bisect blame branch bundle cat-file check-ignore checkout cherry cherry-pick clean clone commit config count-objects credential describe diff difftool fetch filter-branch filter-repo format-patch fsck gc grep gui hash-object help init lfs log ls-files ls-remote ls-tree maintenance merge merge-base mergetool mv name-rev pull push range-diff rebase reflog remote repack replace request-pull rerere reset restore revert rev-list rev-parse rm send-email shortlog show show-ref sparse-checkout stash status submodule switch symbolic-ref tag update-index update-ref version whatchanged worktree stash/apply stash/clear stash/drop stash/list stash/pop stash/push stash/show remote/add remote/remove remote/rename remote/set-url remote/show remote/prune remote/update worktree/add worktree/list worktree/prune worktree/remove submodule/add submodule/foreach submodule/init submodule/status submodule/sync submodule/update bisect/bad bisect/good bisect/reset bisect/run bisect/start bisect/skip '
  nix ' build bundle copy daemon derivation develop edit eval flake fmt hash help key log nar path-info print-dev-env profile realisation registry repl run search shell show-config show-derivation store upgrade-nix why-depends flake/archive flake/check flake/clone flake/info flake/init flake/lock flake/metadata flake/new flake/prefetch flake/show flake/update profile/add profile/diff-closures profile/history profile/install profile/list profile/remove profile/rollback profile/upgrade profile/wipe-history store/add store/cat store/copy-sigs store/delete store/diff-closures store/gc store/info store/ls store/optimise store/ping store/prefetch-file store/repair store/verify registry/add registry/list registry/pin registry/remove derivation/add derivation/show hash/convert hash/file hash/path hash/to-sri '
  nixos-rebuild ' boot build build-image build-vm build-vm-with-bootloader dry-activate dry-build edit list-generations repl switch test '
  home-manager ' build edit expire-generations generations help init news option packages remove-generations repl switch uninstall '
  nh ' search os os/boot os/build os/info os/repl os/rollback os/switch os/test home home/build home/repl home/switch clean clean/all clean/profile clean/user darwin darwin/build darwin/switch '
  darwin-rebuild ' build check edit switch '
  colmena ' apply apply-local build eval exec nix-info repl upload-keys '
  cargo ' add audit bench build check clean clippy deny doc expand fetch fix flamegraph fmt generate info init insta install login metadata miri new nextest outdated package publish remove run rustc rustdoc search test tree udeps uninstall update upgrade vendor version watch yank '
  rustup ' check completions default doc install override run self show target toolchain uninstall update which target/add target/list target/remove component component/add component/list component/remove toolchain/install toolchain/list toolchain/uninstall toolchain/link '
  docker ' attach build commit cp create diff events exec export history images import info inspect kill load login logout logs pause port ps pull push rename restart rm rmi run save search start stats stop tag top unpause update version wait scout secret service stack swarm trust compose compose/attach compose/build compose/config compose/cp compose/create compose/down compose/events compose/exec compose/images compose/kill compose/logs compose/ls compose/pause compose/port compose/ps compose/pull compose/push compose/restart compose/rm compose/run compose/start compose/stop compose/top compose/unpause compose/up compose/version compose/watch image image/create image/inspect image/ls image/list image/prune image/rm image/build image/pull image/push image/tag image/load image/save image/history container container/create container/inspect container/ls container/list container/prune container/rm container/exec container/logs container/start container/stop container/restart container/stats volume volume/create volume/inspect volume/ls volume/list volume/prune volume/rm network network/create network/inspect network/ls network/list network/prune network/rm network/connect network/disconnect system system/df system/events system/info system/prune buildx buildx/bake buildx/build buildx/create buildx/du buildx/inspect buildx/ls buildx/prune buildx/rm buildx/use builder builder/build builder/prune context context/create context/export context/import context/inspect context/ls context/rm context/show context/update context/use '
  docker-compose ' build config create down events exec images kill logs pause port ps pull push restart rm run start stop top unpause up version '
  podman ' attach build commit cp create diff events exec export history images import info inspect kill load login logout logs pause port ps pull push rename restart rm rmi run save search start stats stop tag top unpause update version wait auto-update generate healthcheck kube mount play secret unmount unshare compose compose/build compose/down compose/exec compose/logs compose/ps compose/pull compose/restart compose/run compose/start compose/stop compose/up machine machine/init machine/inspect machine/list machine/rm machine/set machine/ssh machine/start machine/stop system system/df system/info system/migrate system/prune system/reset system/service volume volume/create volume/inspect volume/ls volume/list volume/prune volume/rm network network/create network/inspect network/ls network/list network/prune network/rm image image/create image/inspect image/ls image/list image/prune image/rm pod pod/create pod/inspect pod/ls pod/list pod/prune pod/rm pod/ps pod/start pod/stop '
  kubectl ' annotate api-resources api-versions apply attach auth autoscale certificate cluster-info completion config cordon cp create debug delete describe diff drain edit events exec explain expose get kustomize label logs options patch plugin port-forward proxy replace rollout run scale set taint top uncordon version wait rollout/history rollout/pause rollout/restart rollout/resume rollout/status rollout/undo config/current-context config/get-contexts config/set-context config/use-context config/view '
  helm ' completion create dependency diff env get history install lint list package plugin pull push registry repo rollback search show status template test uninstall upgrade verify version '
  gh ' alias api attestation browse completion extension help search status auth auth/login auth/logout auth/refresh auth/setup-git auth/status auth/switch auth/token pr pr/checkout pr/checks pr/close pr/comment pr/create pr/diff pr/edit pr/list pr/merge pr/ready pr/reopen pr/review pr/revert pr/status pr/update-branch pr/view issue issue/close issue/comment issue/create issue/delete issue/develop issue/edit issue/list issue/reopen issue/status issue/transfer issue/view repo repo/archive repo/clone repo/create repo/delete repo/edit repo/fork repo/list repo/rename repo/set-default repo/sync repo/view run run/cancel run/delete run/download run/list run/rerun run/view run/watch workflow workflow/disable workflow/enable workflow/list workflow/run workflow/view release release/create release/delete release/download release/edit release/list release/upload release/view gist gist/clone gist/create gist/delete gist/edit gist/list gist/view secret secret/delete secret/list secret/set variable variable/delete variable/get variable/list variable/set codespace codespace/code codespace/cp codespace/create codespace/delete codespace/edit codespace/list codespace/logs codespace/ssh codespace/stop '
  glab ' api auth ci config help issue job label mr release repo snippet ssh-key user variable version '
  systemctl ' cat daemon-reexec daemon-reload disable edit enable get-default halt hibernate is-active is-enabled is-failed is-system-running isolate kill link list-dependencies list-jobs list-sockets list-timers list-unit-files list-units mask poweroff preset reboot reenable reload reload-or-restart reset-failed restart revert set-default set-environment show show-environment soft-reboot start status stop suspend switch-root try-restart unmask '
  loginctl ' attach disable-linger enable-linger kill-session list-seats list-sessions list-users lock-session session-status show-session show-user terminate-session terminate-user unlock-session '
  machinectl ' image-status list list-images login poweroff pull-raw pull-tar reboot shell show start status stop terminate '
  networkctl ' delete down list lldp reconfigure reload renew status up '
  resolvectl ' dns domain flush-caches log-level monitor query statistics status '
  bootctl ' install is-installed list set-default set-oneshot status update '
  timedatectl ' list-timezones set-ntp set-time set-timezone show status timesync-status '
  hostnamectl ' hostname icon-name set-hostname status '
  udevadm ' control info monitor settle test trigger '
  nmcli ' agent c con connection d dev device general help monitor networking radio connection/add connection/delete connection/down connection/edit connection/import connection/modify connection/reload connection/show connection/up device/connect device/disconnect device/show device/status device/wifi '
  bluetoothctl ' agent connect devices disconnect info list pair paired-devices power remove scan show trust untrust '
  ip ' a addr address l link maddr monitor n neigh neighbor netns r route rule tunnel xfrm '
  zfs ' clone create destroy diff get hold inherit list load-key mount promote receive release rename rollback send set snapshot unload-key unmount upgrade '
  zpool ' add attach clear create destroy detach export get history import iostat list offline online remove replace scrub set status trim upgrade '
  btrfs ' balance check device filesystem inspect-internal property qgroup quota receive replace rescue restore scrub send subvolume subvolume/create subvolume/delete subvolume/list subvolume/show subvolume/snapshot filesystem/defragment filesystem/df filesystem/du filesystem/resize filesystem/show filesystem/sync filesystem/usage '
  cryptsetup ' close isLuks luksAddKey luksClose luksDump luksFormat luksOpen luksRemoveKey open status '
  npm ' access adduser audit bin cache ci config dedupe doctor exec explain fund help i init install link list login logout ls outdated pack ping prune publish query rebuild remove repo root run run-script search start stop test uninstall unlink update version view whoami '
  pnpm ' add approve-builds audit config create dedupe deploy dlx env exec fetch i import init install licenses link list ls outdated pack patch prune publish rebuild remove run self-update start store test unlink update why '
  yarn ' add audit bin cache config create dedupe dlx exec explain global info init install link list login node npm outdated pack plugin publish remove run set start test unlink up upgrade upgrade-interactive version why workspace workspaces '
  bun ' add build create exec i init install link outdated patch pm publish remove repl run test unlink update upgrade why x '
  deno ' add bench cache check compile coverage doc eval fmt info init install jupyter lint lsp publish remove repl run serve task test types uninstall upgrade vendor '
  uv ' add build cache export init lock publish remove run self sync tree venv version pip pip/check pip/compile pip/freeze pip/install pip/list pip/show pip/sync pip/tree pip/uninstall python python/dir python/find python/install python/list python/pin python/uninstall python/upgrade tool tool/dir tool/install tool/list tool/run tool/uninstall tool/update-shell tool/upgrade '
  pip ' cache check config debug download freeze hash help index inspect install list search show uninstall wheel '
  pip3 ' cache check config debug download freeze hash help index inspect install list search show uninstall wheel '
  pipx ' ensurepath environment inject install list reinstall reinstall-all run runpip uninstall uninstall-all upgrade upgrade-all '
  poetry ' about add build cache check config debug env export init install list lock new publish remove run search self shell show source sync update version '
  conda ' activate clean config create deactivate env export info init install list remove rename run search update '
  go ' bug build clean doc env fix fmt generate get help install list mod run telemetry test tool version vet work mod/download mod/edit mod/graph mod/init mod/tidy mod/vendor mod/verify mod/why work/edit work/init work/sync work/use work/vendor '
  dotnet ' add build clean format list new nuget pack publish remove restore run sln test tool watch workload '
  mvn ' clean compile deploy install package site test validate verify '
  gradle ' assemble build check clean dependencies init projects publish run tasks test wrapper '
  bundle ' add audit check clean config doctor exec info init install list lock open outdated remove show update '
  gem ' build cleanup contents env fetch help info install list outdated pristine push search uninstall update '
  composer ' about archive audit config create-project diagnose dump-autoload exec global init install outdated remove require run-script search self-update show update validate '
  mix ' archive.install assets.deploy compile credo deps.clean deps.get deps.tree deps.update dialyzer do ecto.create ecto.drop ecto.migrate ecto.reset format help hex.info local.hex new phx.gen.schema phx.new phx.server release run test '
  stack ' build clean config exec ghc ghci haddock init install new path run runghc setup test unpack update upgrade '
  cabal ' bench build check clean configure exec freeze get haddock init install list outdated repl run sdist test update upload '
  opam ' admin config env exec init install lint list lock option pin remove repository search show source switch update upgrade var '
  zig ' ar ast-check build build-exe build-lib build-obj c++ cc env fetch fmt init run std test version '
  terraform ' apply console destroy fmt force-unlock get graph import init login logout output plan providers refresh show state taint test untaint validate version workspace state/list state/mv state/pull state/push state/rm state/show workspace/delete workspace/list workspace/new workspace/select workspace/show '
  tofu ' apply console destroy fmt force-unlock get graph import init login logout output plan providers refresh show state taint test untaint validate version workspace state/list state/mv state/pull state/push state/rm state/show workspace/delete workspace/list workspace/new workspace/select workspace/show '
  pulumi ' cancel config convert destroy env import install login logout new org package plugin policy preview refresh stack state up version watch whoami '
  vagrant ' box destroy global-status halt init package plugin port provision reload resume snapshot ssh ssh-config status suspend up validate '
  aws ' apigateway athena autoscaling bedrock cloudformation cloudfront cloudwatch codebuild cognito-idp configure dynamodb ec2 ecr ecs efs eks elasticache elbv2 events glue iam kinesis kms lambda logs organizations rds redshift route53 s3 s3api sagemaker secretsmanager sns sqs ssm sso stepfunctions sts '
  gcloud ' alpha app artifacts asset auth beta billing builds components compute config container dataflow dataproc dns endpoints firestore functions iam info init kms logging monitoring organizations projects pubsub redis run scheduler secrets services source sql storage tasks version workflows '
  az ' account acr ad aks appservice backup cloud cognitiveservices config container containerapp cosmosdb deployment devops disk extension feedback find functionapp group identity image keyvault lock login logout logicapp maps monitor mysql network policy postgres provider redis resource role search servicebus sig snapshot sql sshkey staticwebapp storage tag upgrade version vm vmss webapp '
  doctl ' account apps auth balance compute databases invoice kubernetes monitoring projects registry serverless version '
  hcloud ' certificate config context datacenter firewall floating-ip image iso load-balancer location network placement-group primary-ip server server-type ssh-key version volume '
  flyctl ' apps auth certs config console deploy destroy ips launch logs machine monitor open postgres proxy releases restart scale secrets ssh status volumes '
  fly ' apps auth certs config console deploy destroy ips launch logs machine monitor open postgres proxy releases restart scale secrets ssh status volumes '
  heroku ' access addons apps auth certs config container create domains drains features git info join labs local logs login logout maintenance members pg pipelines plugins ps redis releases restart run scale sessions '
  vercel ' alias bisect build certs deploy dev dns domains env git inspect link list login logout logs ls project promote pull redeploy remove rollback switch teams whoami '
  wrangler ' d1 delete deploy dev docs generate init kv login logout pages pubsub queues r2 rollback secret tail versions whoami '
  flatpak ' config create-usb document-export enter history info install kill list make-current mask override permission-reset permission-show permissions pin ps remote-add remote-delete remote-info remote-ls remote-modify remotes repair run search uninstall update '
  snap ' changes connect disable enable find info install list refresh remove revert run services '
  apt ' autoremove full-upgrade install list purge remove search show update upgrade '
  brew ' autoremove bundle cask cleanup config deps doctor info install link list outdated search services tap uninstall unlink untap update upgrade '
  tmux ' a attach attach-session bind-key capture-pane detach has-session kill-pane kill-server kill-session kill-window list-keys list-sessions ls new new-session new-window rename-session rename-window select-pane select-window send-keys set-option show-options source-file split-window swap-window switch-client '
  zellij ' a action attach convert-config delete-all-sessions delete-session edit kill-all-sessions kill-session list-aliases list-sessions ls options plugin run setup '
  direnv ' allow apply_dump block deny dump edit exec export fetchurl help hook prune reload status stdlib version '
  devenv ' build container gc info init inputs processes repl search shell tasks test up update version '
  devbox ' add cache create generate global info init install list remove run search secrets services shell update version '
  mise ' activate alias backends cache completion config current deactivate doctor env exec implode install latest link ls ls-remote outdated plugins prune reshim run search self-update set settings sync task tasks trust uninstall unset unuse upgrade use version watch where which x '
  atuin ' account daemon doctor history import init key login logout register search server status store stats sync uuid wrapped '
  zoxide ' add edit import init query remove '
  chezmoi ' add apply archive cat cd data diff doctor dump edit edit-config encrypt execute-template forget git import init managed merge purge re-add remove source-path state status target-path unmanaged update verify '
  jj ' abandon absorb backout bookmark commit config describe diff diffedit duplicate edit evolog file fix git help init interdiff log new next op operation parallelize prev rebase resolve restore root show sign simplify-parents sparse split squash st status tag undo util version workspace git/clone git/export git/fetch git/import git/init git/push git/remote bookmark/create bookmark/delete bookmark/forget bookmark/list bookmark/move bookmark/rename bookmark/set bookmark/track '
  hg ' add branch bundle clone commit copy diff export forget heads histedit id import incoming init log merge outgoing parents paths phase pull push rebase remove rename resolve revert rollback shelve status strip summary tag tip unshelve update verify '
  svn ' add blame cat checkout cleanup commit copy delete diff export import info list log merge move propget propset relocate resolve revert status switch update '
  restic ' backup cache cat check copy diff dump find forget generate init key list ls migrate mount prune rebuild-index recover restore rewrite self-update snapshots stats tag unlock version '
  borg ' benchmark break-lock change-passphrase check compact config create delete diff export-tar extract import-tar info init key list mount prune recreate rename serve umount upgrade with-lock '
  rclone ' about backend bisync cat check cleanup config copy copyto copyurl cryptcheck dedupe delete deletefile genautocomplete hashsum link ls lsd lsf lsjson lsl md5sum mkdir mount move moveto ncdu obscure purge rc rcat rcd rmdir rmdirs selfupdate serve settier sha1sum size sync test touch tree version '
  vault ' agent audit auth debug delete kv lease list login namespace operator path-help plugin policy print proxy read secrets server ssh status token unwrap version write '
  op ' account connect document events-api group inject item plugin read run service-account signin signout update user vault whoami '
  bw ' completion config confirm create delete edit encode export generate get import list lock login logout move restore send serve status sync template unlock update '
  pass ' cp edit find generate git grep init insert ls mv otp rm show '
  gopass ' audit cat clone config copy create delete edit env find generate git grep history init insert link list move mounts otp process recipients setup show sum sync templates unclip update version '
  sops ' decrypt edit encrypt exec-env exec-file filestatus groups keyservice publish rotate set unset updatekeys '
  ollama ' cp create help list ls ps pull push rm run serve show stop '
  claude ' auth config doctor install mcp migrate-installer plugin setup-token update '
  codex ' apply cloud completion exec login logout mcp proto resume '
  opencode ' agent auth export github import mcp models run serve stats upgrade web '
  task ' add annotate append calendar completed config context count delete denotate done duplicate edit export import information list log modify next prepend projects purge stats start stop summary sync tags undo waiting '
  virsh ' attach-disk autostart console create define destroy detach-disk domifaddr dominfo domstate dumpxml edit list managedsave migrate net-define net-destroy net-list net-start nodeinfo pool-list pool-start reboot reset restore resume save setmem setvcpus shutdown snapshot-create snapshot-list snapshot-revert start suspend undefine vcpuinfo vol-list '
  incus ' admin alias cluster config console copy create delete exec export file image import info launch list monitor move network operation pause profile project publish query rebuild remote rename restart restore resume snapshot start stop storage top version warning '
  lxc ' alias cluster config console copy delete exec export file image import info init launch list monitor move network operation pause profile project publish query remote rename restart restore resume snapshot start stop storage version '
  minikube ' addons cache config cp dashboard delete docker-env help image ip kubectl logs mount node pause podman-env profile service ssh start status stop tunnel unpause update-check version '
  kind ' build completion create delete export get load version '
  k3d ' cluster completion config image kubeconfig node registry version '
  argocd ' account admin app appset cert cluster context gpg login logout proj relogin repo repocreds version '
  flux ' bootstrap build check completion create debug delete diff events export get install list logs pull push reconcile resume stats suspend tag trace tree uninstall version '
  tailscale ' bugreport cert configure debug dns down drive exit-node file funnel ip licenses lock login logout metrics nc netcheck ping serve set ssh status switch up update version web whois '
  fwupdmgr ' activate clear-history disable-remote downgrade enable-remote get-devices get-history get-remotes get-updates install local-install refresh reinstall security switch-branch update verify '
  cachix ' activate authtoken config daemon deploy doctor generate-keypair import pin push remove use version watch-exec watch-store '
  playerctl ' loop metadata next open pause play play-pause position previous shuffle status stop volume '
  pactl ' exit get-default-sink get-sink-volume info list load-module move-sink-input play-sample set-card-profile set-default-sink set-default-source set-sink-mute set-sink-volume set-source-mute set-source-volume stat subscribe suspend-sink unload-module '
  wpctl ' clear-default get-volume inspect set-default set-mute set-profile set-volume settings status '
  brightnessctl ' get info max set '
  hyprctl ' activewindow binds clients cursorpos devices dispatch hyprpaper keyword kill layers monitors notify output plugin reload seterror setprop switchxkblayout version workspaces '
  openssl ' asn1parse ca ciphers cms crl dgst dhparam dsa ec ecparam enc genpkey genrsa passwd pkcs12 pkcs7 pkcs8 pkey pkeyutl rand req rsa s_client s_server s_time speed verify version x509 '
  pg_ctl ' init initdb promote reload restart start status stop '
  hugo ' build completion config convert deploy env gen import list mod new server version '
  pre-commit ' autoupdate clean gc init-templatedir install install-hooks migrate-config run sample-config try-repo uninstall '
  ruff ' analyze check clean config format linter rule server version '
  biome ' check ci clean explain format init lint lsp-proxy migrate rage search start stop version '
  prisma ' db debug format generate init migrate studio validate version '
  supabase ' db functions gen init link login logout migration projects secrets seed start status stop test '
)
__ni_public=' a2ps ab abcde ack acpi adb addr2line ag age age-keygen agenix aider alacritty alembic alejandra alsamixer amixer ansible ansible-playbook ansible-vault ansible-galaxy ant antlr4 apropos apt apt-get ar arch arch-chroot aria2c arp arping as asciinema aspell at atop atq atrm atuin autoconf autojump automake avahi-browse awk aws az babel badblocks bacon base32 base64 basename bash bashtop bat batcat bazel bazelisk bc bear biome black bless blkid bluetoothctl bmon bootctl borg bottom bpftool bpftrace brew bridge brightnessctl broot browsh btm btop btrfs buf buildah bun bundle bunx busctl busybox bwrap bzip2 bzcat c++ cabal cachix cal calc cargo cargo-watch cast cat ccache cd cfdisk cgdb chafa chattr checkinstall cheat chezmoi chgrp chmod chown chroot chrt chsh cksum clang clang++ clang-format clang-tidy claude clear clippy-driver clj clojure cloc cloudflared cmake cmatrix cmp cmus code codex codespell codium colima column colordiff colmena comm compose composer conda convert copilot coreutils cowsay cp cpio cppcheck cpufreq-info cpulimit crane crictl cron crontab croc crystal cryptsetup csvcut csvkit csvlook csvstat ctags ctop cue curl curlie cut cvs cwebp cypress d2 dart dash date dbmate dbus-monitor dbus-send dc dconf dd ddrescue deadnix deja-dup delta deno deploy derper devbox devenv df dhall dhclient diesel diff difft diff3 diffoscope dig dir direnv dirname disko disown distrobox dive dix dlv dmesg dmidecode doas docker docker-compose doctl dog doggo dos2unix dot dotnet doxygen dpkg dprint drill drush du dua duf duckdb dunst dunstctl dust dvc dwarfdump e2fsck easyrsa echo ed efibootmgr egrep eksctl elinks elixir elm emacs emacsclient entr env envsubst erd erl esbuild eslint espeak etcdctl ethtool evtest ex exa exiftool expand expect expr eza factor fail2ban-client fakeroot false fasd fastfetch fastlane fc-list fc-cache fd fdfind fdisk feh ffmpeg ffprobe ffplay fgrep fh figlet file find findmnt firejail firefox fish flake8 flask flatpak flock flutter fly flyctl fmt fnm fold fortune free fselect fsck fstrim ftp fuck fuser fwupdmgr fx fzf fzy g++ gawk gcal gcc gcloud gdb gdbus gdu gem gemini gern getconf getent getfacl getopt gh ghc ghci ghcup ghostscript ghostty gimp git git-absorb git-annex git-cliff git-crypt git-filter-repo git-lfs gitk gitlab gitui gitleaks glab glances glow gnome-terminal gnuplot go gobject-query gocryptfs godot gofmt golangci-lint gopass gopls goreleaser gpasswd gpg gpg2 gpgconf gping gradle gradlew grafana-cli grep gren grim gron groff groupadd groups growpart grpcurl gs gsettings gst-launch-1.0 gtop gum gunicorn gunzip gzip hadolint handlr hashcat hcloud hdparm head helix helm helmfile heroku hexdump hexyl hg hiksink hledger home-manager host hostname hostnamectl htop http httpie https httpx httpstat hub hugo hunspell hwclock hwinfo hx hyfetch hyperfine hyprctl hyprland hyprlock iconv id identify iex ifconfig iftop img2pdf imv incus inetutils info init initdb inkscape inotifywait inotifywatch insmod inxi ionice iostat iotop ip ipcalc ipcs iperf iperf3 ipfs ipset iptables ipython irb irssi isort isync iw iwctl iwconfig java javac jc jest jbang jless jj jmeter jnettop jo join joshuto journalctl jp2a jq jsonlint jsonnet julia jump jupyter jupyter-lab just k3d k3s k6 k9s kak kakoune keepassxc-cli kexec keychain kill killall kind kitty kitten kmod ko kompose kotlin kotlinc kubectl kubectx kubens kubeadm kubeseal kustomize lame last lastb lastlog lazydocker lazygit ld ldapsearch ldconfig ldd ledger lefthook leiningen lein less lf lftp lint-staged linkerd lldb llama-cli llama-server llvm-config ln lnav loadkeys locale localectl locate lockfile logger login loginctl logname logrotate lolcat losetup lpr lpstat ls lsattr lsblk lsb_release lscpu lsd lshw lsmod lsns lsof lspci lsusb ltrace lua luajit luarocks luks lv lvcreate lvdisplay lvs lxc lynis lynx lz4 lzma m4 macchina magick mail make mako makoctl man mandoc manix markdownlint mas masscan mc mcedit mcfly md5sum mdadm mdbook mdcat mdless mediainfo meld melt mercurial meson micro mill minicom minikube mise miller mix mk mkcert mkdir mkdocs mkfifo mkfs mkfs.btrfs mkfs.ext4 mkfs.vfat mknod mkswap mktemp mlr mocha modinfo modprobe mold mongo mongod mongosh more mosh mosquitto_pub mosquitto_sub mount mountpoint mpc mpd mpv mpg123 mtr mutt mv mvn mvnd mycli mypy mysql mysqladmin mysqldump named nano nasm navi nb nc ncal ncat ncdu ncmpcpp ncspot ncu ndisasm neofetch neomutt neovide netcat netlify netstat networkctl newgrp newsboat nextflow ng nginx ngrep ngrok nh nice nickel nikto nil nim nimble ninja nix nix-build nix-channel nix-collect-garbage nix-copy-closure nix-daemon nix-diff nix-du nix-env nix-eval-jobs nix-fast-build nix-hash nix-index nix-info nix-init nix-instantiate nix-locate nix-melt nix-output-monitor nix-prefetch nix-prefetch-git nix-prefetch-url nix-serve nix-shell nix-store nix-tree nix-update nix-weather nixd nixfmt nixos-anywhere nixos-container nixos-enter nixos-generate-config nixos-generators nixos-help nixos-install nixos-option nixos-rebuild nixos-version nixpkgs-fmt nixpkgs-hammer nixpkgs-lint nixpkgs-review nl nload nm nmap nmblookup nmcli nmtui nnn node nodemon nohup nomad notify-send nom noti nproc npm npx nslookup ntfy ntpdate ntpq nu nuclei numactl numfmt nuxt nvd nvidia-smi nvim nvme nvtop nx nyancat obs objcopy objdump ocaml ocamlfind oc od ollama onefetch op opam open opencode openconnect openscad openssl openvpn optipng osqueryi ouch oxlint pacman packer pactl pamixer pandoc parallel parted passwd paste patch patchelf pavucontrol pax pbcopy pbpaste pdfgrep pdfinfo pdflatex pdfseparate pdftk pdftoppm pdftotext pdfunite pdm pee peco perf perl pg_dump pg_dumpall pg_restore pgcli pgrep php phpunit picocom pidof pidstat ping ping6 pip pip3 pipenv pipewire pipx pixi pkexec pkg-config pkill plantuml platformio playerctl playwright pm2 pmap pnpm pnpx podman podman-compose poetry polybar popd poweroff powertop pr pre-commit prettier printenv printf prisma procs prometheus promtool protoc protontricks proxychains proxychains4 prek prqlc prs ps psql pstree ptyxis pueue pulumi pushd pv pvcreate pvs pwd pwgen pwsh py-spy pyenv pylint pyright pytest python python2 python3 qalc qemu-img qemu-system-x86_64 qmake qpdf qrencode quarto quilt R racket radare2 ragenix rails rake ranger rbenv rbw rclone readelf readlink realpath reboot rebar3 recode red redis-cli redis-server redshift rename renice repgrep reset resize2fs resolvectl restic rev rfkill rg rga rip ripgrep-all rlwrap rm rmdir rmmod rnix-lsp rofi route rpm rsync rsyslogd rtorrent rubocop ruby ruff runuser rust-analyzer rustc rustfmt rustup rustscan rye sar sass sbcl sbt scc scala scala-cli sccache scp screen screenfetch script scrcpy sd sdcv sdkmanager sdparm sea-orm-cli sed sensors seq serve serverless sesh sessreg setfacl setpriv setsid setxkbmap sftp sgdisk sha1sum sha256sum sha512sum shasum shellcheck shellharden shfmt shiori shred shuf shutdown sioyek skaffold skopeo sk sleep slurp smartctl smbclient snap snapper snyk socat soft-serve sops sort sox speedtest speedtest-cli spf13 spotify_player sponge sqlite3 sqlite-utils sqlx ss ssh ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan ssh-to-age sshfs sshuttle stack starship startx stat statix stdbuf stern stow strace strings strip stripe stty stylua su sudo sudoedit sum supabase supervisorctl svn swaks swapoff swapon sway swaylock swaymsg swift sxiv sync syncthing sysctl systemctl systemd-analyze systemd-cat systemd-cgls systemd-cgtop systemd-creds systemd-cryptenroll systemd-delta systemd-detect-virt systemd-escape systemd-inhibit systemd-mount systemd-nspawn systemd-path systemd-resolve systemd-run systemd-tmpfiles tac tail tailscale talosctl tar task taskwarrior taskset tcpdump tealdeer tee tectonic telnet terraform terragrunt tesseract test texlive tflint thefuck tig tilt time timedatectl timeout timew tldr tlmgr tlp tmate tmux tmuxinator tmuxp tofu toilet tokei top topgrade touch tox tput tr traceroute tracepath transmission-cli trash trash-put treefmt tree tree-sitter trivy trufflehog true truncate trurl tsc tsort tshark tsx tty turbo turtle twine typos typst udevadm udisksctl ueberzug ufw uglifyjs ulimit umount uname uncompress unexpand uniq unison units unlink unrar unshare unxz unzip unzstd update-desktop-database upower uptime usbutils useradd userdel usermod uuidgen uv uvicorn uvx vagrant valgrind vault vboxmanage vcpkg vd vdir velero vercel vgcreate vgs vhs vi viddy view vifm vim vimdiff virsh virt-install virt-manager virtualenv visidata visudo vite vitest vlc vmstat volta vpnc vulkaninfo w w3m waybar wasm-pack wasm-opt wasmtime watch watchexec watchman wayland-info waypipe wc weechat wezterm wget wget2 which whereis while whoami whois wipefs wireplumber wireshark wkhtmltopdf wl-copy wl-paste wlr-randr wofi wpa_cli wpctl wrangler write wrk wrk2 wt wtf x11vnc xargs xbacklight xclip xdg-mime xdg-open xdg-settings xdotool xdpyinfo xh xhost xinput xmllint xmlstarlet xonsh xplr xprop xrandr xrdb xsel xset xsv xan xterm xvfb-run xwininfo xxd xxh xz xzcat yadm yamllint yamlfmt yarn yay yazi yes youtube-dl yq yt-dlp ytfzf ytt z zathura zcat zed zellij zenity zfs zgrep zig zip zipinfo zk zola zoxide zpool zsh zstd zstdcat nix-direnv nixos-rebuild-ng darwin-rebuild nvfetcher nurl niv npins nix-inspect nix-btm attic omnix om cargo-nextest cargo-expand cargo-edit sqlfluff sqlfmt sqruff pspg usql litecli harlequin tailspin tspin serpl ast-grep sg comby semgrep fastmod ripgrep bandwhich erdtree tre lsr rustic kopia borgmatic autorestic magic-wormhole wormhole wormhole-rs qrcp ots pass passage gpg-agent pinentry hurl atac bruno oha bombardier vegeta hey websocat grpcui evans zrok rathole frpc jrnl taskell dstask calcurse khal khard vdirsyncer himalaya aerc mbsync notmuch msmtp offlineimap sniffnet termshark kubecolor kubent popeye kube-linter kubeconform helm-docs argocd flux cilium istioctl watchtower lazysql jqp gojq jaq yj dasel fq htmlq xq qsv csvlens tidy-viewer rich-cli presenterm carbon-now gifski agg terminalizer timg viu catimg ascii-image-converter aichat llm sgpt gptme oterm tgpt '
typeset -g __ni_line= __ni_start= __ni_size=

__ni_preexec() {
  __ni_line=${3:-$1}
  __ni_start=$EPOCHREALTIME
}

__ni_precmd() {
  local ni_status=$? ni_stages=${#pipestatus} line=$__ni_line
  __ni_line=
  [[ -n $line && ${NIXOS_INTELLIGENCE_CAPTURE-1} != 0 ]] || return 0
  __ni_record $ni_status $ni_stages "$line" 2>/dev/null
}

__ni_record() {
  emulate -L zsh
  setopt extended_glob
  local word name= sub= joined=
  local -a words last
  # (z) splits as the shell would and expands nothing.
  words=(${(z)3})
  for word in $words; do
    case $word in
      ('|' | '|&') last=() ;;
      (';' | $'\n' | '&') last=() joined= ;;
      ('&&' | '||') last=() joined=$word ;;
      # Loops, groups, functions: the status may be of anything in them.
      (if | for | while | until | case | select | function | repeat | '{' | '}' | '(' | ')' | '()' | '!' | *\)) return 0 ;;
      (*) last+=($word) ;;
    esac
  done
  # The line may end in a separator; then the command before it is gone, and nothing is written.
  [[ -n $joined && $1 != 0 ]] && return 0
  [[ $joined == '||' ]] && return 0
  while (( $#last )); do
    case $last[1] in
      ([A-Za-z_][A-Za-z0-9_]#=*) ;;
      (sudo | doas | command | nohup | time | exec | builtin | noglob | nocorrect)
        [[ -z ${last[2]-} || ${last[2]-} == -* ]] && break ;;
      (*) break ;;
    esac
    shift last
  done
  name=${last[1]-}
  [[ $name == [A-Za-z0-9][A-Za-z0-9._+-]# && $#name -le 60 ]] || return 0
  if (( ! $+commands[$name] )); then
    [[ $1 == 127 && $__ni_public == *" $name "* ]] || return 0
  fi
  if [[ -n ${__ni_sub[$name]-} ]]; then
    word=${last[2]-}
    if [[ $word == [a-zA-Z0-9._-]## && $__ni_sub[$name] == *" $word "* ]]; then
      sub=$word
      word=${last[3]-}
      [[ $word == [a-zA-Z0-9._-]## && $__ni_sub[$name] == *" $sub/$word "* ]] && sub="$sub $word"
    fi
  fi
  if [[ -z $__ni_size ]]; then
    ( umask 077; mkdir -p -- ${__ni_log:h}; : >> $__ni_log )
    __ni_size=$(wc -c < $__ni_log || echo 0)
  fi
  if (( __ni_size > 1048576 )); then
    ( umask 077; mv -f -- $__ni_log $__ni_log.1 && : >> $__ni_log )
    __ni_size=0
  fi
  (( __ni_size += 40 ))
  printf '%d\t%s\t%s\t%d\t%d\t%d\n' $(( EPOCHSECONDS / 86400 )) $name "$sub" $1 \
    ${$(( (EPOCHREALTIME - __ni_start) * 1000 ))%.*} $2 >> $__ni_log
}

# First among the hooks, so that $? and pipestatus are still those of the line.
typeset -ga preexec_functions precmd_functions
preexec_functions=(__ni_preexec $preexec_functions)
precmd_functions=(__ni_precmd $precmd_functions)
fi
