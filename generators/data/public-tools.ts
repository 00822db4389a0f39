/**
 * Publicly known tools. Their names may be written to a snapshot; other words of a history are only counted. A name may
 * belong to any package.
 */
const names = `
  a2ps ab abcde ack acpi adb addr2line ag age age-keygen agenix aider alacritty alembic alejandra alsamixer
  amixer ansible ansible-playbook ansible-vault ansible-galaxy ant antlr4 apropos apt apt-get ar arch
  arch-chroot aria2c arp arping as asciinema aspell at atop atq atrm atuin autoconf autojump automake
  avahi-browse awk aws az babel badblocks bacon base32 base64 basename bash bashtop bat batcat bazel bazelisk bc
  bear biome black bless blkid bluetoothctl bmon bootctl borg bottom bpftool bpftrace brew bridge brightnessctl
  broot browsh btm btop btrfs buf buildah bun bundle bunx busctl busybox bwrap bzip2 bzcat c++ cabal cachix cal
  calc cargo cargo-watch cast cat ccache cd cfdisk cgdb chafa chattr checkinstall cheat chezmoi chgrp chmod
  chown chroot chrt chsh cksum clang clang++ clang-format clang-tidy claude clear clippy-driver clj clojure cloc
  cloudflared cmake cmatrix cmp cmus code codex codespell codium colima column colordiff colmena comm compose
  composer conda convert copilot coreutils cowsay cp cpio cppcheck cpufreq-info cpulimit crane crictl cron
  crontab croc crystal cryptsetup csvcut csvkit csvlook csvstat ctags ctop cue curl curlie cut cvs cwebp cypress
  d2 dart dash date dbmate dbus-monitor dbus-send dc dconf dd ddrescue deadnix deja-dup delta deno deploy derper
  devbox devenv df dhall dhclient diesel diff difft diff3 diffoscope dig dir direnv dirname disko disown
  distrobox dive dix dlv dmesg dmidecode doas docker docker-compose doctl dog doggo dos2unix dot dotnet doxygen
  dpkg dprint drill drush du dua duf duckdb dunst dunstctl dust dvc dwarfdump e2fsck easyrsa echo ed efibootmgr
  egrep eksctl elinks elixir elm emacs emacsclient entr env envsubst erd erl esbuild eslint espeak etcdctl
  ethtool evtest ex exa exiftool expand expect expr eza factor fail2ban-client fakeroot false fasd fastfetch
  fastlane fc-list fc-cache fd fdfind fdisk feh ffmpeg ffprobe ffplay fgrep fh figlet file find findmnt firejail
  firefox fish flake8 flask flatpak flock flutter fly flyctl fmt fnm fold fortune free fselect fsck fstrim ftp
  fuck fuser fwupdmgr fx fzf fzy g++ gawk gcal gcc gcloud gdb gdbus gdu gem gemini gern getconf getent getfacl
  getopt gh ghc ghci ghcup ghostscript ghostty gimp git git-absorb git-annex git-cliff git-crypt git-filter-repo
  git-lfs gitk gitlab gitui gitleaks glab glances glow gnome-terminal gnuplot go gobject-query gocryptfs godot
  gofmt golangci-lint gopass gopls goreleaser gpasswd gpg gpg2 gpgconf gping gradle gradlew grafana-cli grep
  gren grim gron groff groupadd groups growpart grpcurl gs gsettings gst-launch-1.0 gtop gum gunicorn gunzip
  gzip hadolint handlr hashcat hcloud hdparm head helix helm helmfile heroku hexdump hexyl hg hiksink hledger
  home-manager host hostname hostnamectl htop http httpie https httpx httpstat hub hugo hunspell hwclock hwinfo
  hx hyfetch hyperfine hyprctl hyprland hyprlock iconv id identify iex ifconfig iftop img2pdf imv incus
  inetutils info init initdb inkscape inotifywait inotifywatch insmod inxi ionice iostat iotop ip ipcalc ipcs
  iperf iperf3 ipfs ipset iptables ipython irb irssi isort isync iw iwctl iwconfig java javac jc jest jbang
  jless jj jmeter jnettop jo join joshuto journalctl jp2a jq jsonlint jsonnet julia jump jupyter jupyter-lab
  just k3d k3s k6 k9s kak kakoune keepassxc-cli kexec keychain kill killall kind kitty kitten kmod ko kompose
  kotlin kotlinc kubectl kubectx kubens kubeadm kubeseal kustomize lame last lastb lastlog lazydocker lazygit ld
  ldapsearch ldconfig ldd ledger lefthook leiningen lein less lf lftp lint-staged linkerd lldb llama-cli
  llama-server llvm-config ln lnav loadkeys locale localectl locate lockfile logger login loginctl logname
  logrotate lolcat losetup lpr lpstat ls lsattr lsblk lsb_release lscpu lsd lshw lsmod lsns lsof lspci lsusb
  ltrace lua luajit luarocks luks lv lvcreate lvdisplay lvs lxc lynis lynx lz4 lzma m4 macchina magick mail make
  mako makoctl man mandoc manix markdownlint mas masscan mc mcedit mcfly md5sum mdadm mdbook mdcat mdless
  mediainfo meld melt mercurial meson micro mill minicom minikube mise miller mix mk mkcert mkdir mkdocs mkfifo
  mkfs mkfs.btrfs mkfs.ext4 mkfs.vfat mknod mkswap mktemp mlr mocha modinfo modprobe mold mongo mongod mongosh
  more mosh mosquitto_pub mosquitto_sub mount mountpoint mpc mpd mpv mpg123 mtr mutt mv mvn mvnd mycli mypy
  mysql mysqladmin mysqldump named nano nasm navi nb nc ncal ncat ncdu ncmpcpp ncspot ncu ndisasm neofetch
  neomutt neovide netcat netlify netstat networkctl newgrp newsboat nextflow ng nginx ngrep ngrok nh nice nickel
  nikto nil nim nimble ninja nix nix-build nix-channel nix-collect-garbage nix-copy-closure nix-daemon nix-diff
  nix-du nix-env nix-eval-jobs nix-fast-build nix-hash nix-index nix-info nix-init nix-instantiate nix-locate
  nix-melt nix-output-monitor nix-prefetch nix-prefetch-git nix-prefetch-url nix-serve nix-shell nix-store
  nix-tree nix-update nix-weather nixd nixfmt nixos-anywhere nixos-container nixos-enter nixos-generate-config
  nixos-generators nixos-help nixos-install nixos-option nixos-rebuild nixos-version nixpkgs-fmt nixpkgs-hammer
  nixpkgs-lint nixpkgs-review nl nload nm nmap nmblookup nmcli nmtui nnn node nodemon nohup nomad notify-send
  nom noti nproc npm npx nslookup ntfy ntpdate ntpq nu nuclei numactl numfmt nuxt nvd nvidia-smi nvim nvme nvtop
  nx nyancat obs objcopy objdump ocaml ocamlfind oc od ollama onefetch op opam open opencode openconnect
  openscad openssl openvpn optipng osqueryi ouch oxlint pacman packer pactl pamixer pandoc parallel parted
  passwd paste patch patchelf pavucontrol pax pbcopy pbpaste pdfgrep pdfinfo pdflatex pdfseparate pdftk pdftoppm
  pdftotext pdfunite pdm pee peco perf perl pg_dump pg_dumpall pg_restore pgcli pgrep php phpunit picocom pidof
  pidstat ping ping6 pip pip3 pipenv pipewire pipx pixi pkexec pkg-config pkill plantuml platformio playerctl
  playwright pm2 pmap pnpm pnpx podman podman-compose poetry polybar popd poweroff powertop pr pre-commit
  prettier printenv printf prisma procs prometheus promtool protoc protontricks proxychains proxychains4 prek
  prqlc prs ps psql pstree ptyxis pueue pulumi pushd pv pvcreate pvs pwd pwgen pwsh py-spy pyenv pylint pyright
  pytest python python2 python3 qalc qemu-img qemu-system-x86_64 qmake qpdf qrencode quarto quilt R racket
  radare2 ragenix rails rake ranger rbenv rbw rclone readelf readlink realpath reboot rebar3 recode red
  redis-cli redis-server redshift rename renice repgrep reset resize2fs resolvectl restic rev rfkill rg rga rip
  ripgrep-all rlwrap rm rmdir rmmod rnix-lsp rofi route rpm rsync rsyslogd rtorrent rubocop ruby ruff runuser
  rust-analyzer rustc rustfmt rustup rustscan rye sar sass sbcl sbt scc scala scala-cli sccache scp screen
  screenfetch script scrcpy sd sdcv sdkmanager sdparm sea-orm-cli sed sensors seq serve serverless sesh sessreg
  setfacl setpriv setsid setxkbmap sftp sgdisk sha1sum sha256sum sha512sum shasum shellcheck shellharden shfmt
  shiori shred shuf shutdown sioyek skaffold skopeo sk sleep slurp smartctl smbclient snap snapper snyk socat
  soft-serve sops sort sox speedtest speedtest-cli spf13 spotify_player sponge sqlite3 sqlite-utils sqlx ss ssh
  ssh-add ssh-agent ssh-copy-id ssh-keygen ssh-keyscan ssh-to-age sshfs sshuttle stack starship startx stat
  statix stdbuf stern stow strace strings strip stripe stty stylua su sudo sudoedit sum supabase supervisorctl
  svn swaks swapoff swapon sway swaylock swaymsg swift sxiv sync syncthing sysctl systemctl systemd-analyze
  systemd-cat systemd-cgls systemd-cgtop systemd-creds systemd-cryptenroll systemd-delta systemd-detect-virt
  systemd-escape systemd-inhibit systemd-mount systemd-nspawn systemd-path systemd-resolve systemd-run
  systemd-tmpfiles tac tail tailscale talosctl tar task taskwarrior taskset tcpdump tealdeer tee tectonic telnet
  terraform terragrunt tesseract test texlive tflint thefuck tig tilt time timedatectl timeout timew tldr tlmgr
  tlp tmate tmux tmuxinator tmuxp tofu toilet tokei top topgrade touch tox tput tr traceroute tracepath
  transmission-cli trash trash-put treefmt tree tree-sitter trivy trufflehog true truncate trurl tsc tsort
  tshark tsx tty turbo turtle twine typos typst udevadm udisksctl ueberzug ufw uglifyjs ulimit umount uname
  uncompress unexpand uniq unison units unlink unrar unshare unxz unzip unzstd update-desktop-database upower
  uptime usbutils useradd userdel usermod uuidgen uv uvicorn uvx vagrant valgrind vault vboxmanage vcpkg vd vdir
  velero vercel vgcreate vgs vhs vi viddy view vifm vim vimdiff virsh virt-install virt-manager virtualenv
  visidata visudo vite vitest vlc vmstat volta vpnc vulkaninfo w w3m waybar wasm-pack wasm-opt wasmtime watch
  watchexec watchman wayland-info waypipe wc weechat wezterm wget wget2 which whereis while whoami whois wipefs
  wireplumber wireshark wkhtmltopdf wl-copy wl-paste wlr-randr wofi wpa_cli wpctl wrangler write wrk wrk2 wt wtf
  x11vnc xargs xbacklight xclip xdg-mime xdg-open xdg-settings xdotool xdpyinfo xh xhost xinput xmllint
  xmlstarlet xonsh xplr xprop xrandr xrdb xsel xset xsv xan xterm xvfb-run xwininfo xxd xxh xz xzcat yadm
  yamllint yamlfmt yarn yay yazi yes youtube-dl yq yt-dlp ytfzf ytt z zathura zcat zed zellij zenity zfs zgrep
  zig zip zipinfo zk zola zoxide zpool zsh zstd zstdcat nix-direnv nixos-rebuild-ng darwin-rebuild nvfetcher
  nurl niv npins nix-inspect nix-btm attic omnix om cargo-nextest cargo-expand cargo-edit sqlfluff sqlfmt sqruff
  pspg usql litecli harlequin tailspin tspin serpl ast-grep sg comby semgrep fastmod ripgrep bandwhich erdtree
  tre lsr rustic kopia borgmatic autorestic magic-wormhole wormhole wormhole-rs qrcp ots pass passage gpg-agent
  pinentry hurl atac bruno oha bombardier vegeta hey websocat grpcui evans zrok rathole frpc jrnl taskell dstask
  calcurse khal khard vdirsyncer himalaya aerc mbsync notmuch msmtp offlineimap sniffnet termshark kubecolor
  kubent popeye kube-linter kubeconform helm-docs argocd flux cilium istioctl watchtower lazysql jqp gojq jaq yj
  dasel fq htmlq xq qsv csvlens tidy-viewer rich-cli presenterm carbon-now gifski agg terminalizer timg viu
  catimg ascii-image-converter aichat llm sgpt gptme oterm tgpt
  run0 nsenter prlimit unbuffer setarch linux32 linux64 dbus-run-session dbus-launch caffeinate torsocks
  gamemoderun mangohud nvidia-offload prime-run steam-run toybox sh ash ksh hwatch gfind heaptrack comma asdf
  hatch dotenv aws-vault doppler infisical
`;

/** Package names that people type after `nix run` or `nix-shell -p`, with the command they mean. */
const packageCommands: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ripgrep: 'rg',
    fd: 'fd',
    'fd-find': 'fd',
    bottom: 'btm',
    nodejs: 'node',
    nodejs_20: 'node',
    nodejs_22: 'node',
    nodejs_24: 'node',
    python3: 'python3',
    python311: 'python3',
    python312: 'python3',
    python313: 'python3',
    dust: 'dust',
    'du-dust': 'dust',
    awscli2: 'aws',
    awscli: 'aws',
    'google-cloud-sdk': 'gcloud',
    kubernetes: 'kubectl',
    'kubernetes-helm': 'helm',
    httpie: 'http',
    imagemagick: 'magick',
    'poppler-utils': 'pdftotext',
    postgresql: 'psql',
    sqlite: 'sqlite3',
    gnumake: 'make',
    gnused: 'sed',
    gawk: 'awk',
    neovim: 'nvim',
    helix: 'hx',
    nushell: 'nu',
    tealdeer: 'tldr',
    miller: 'mlr',
    'yq-go': 'yq',
    'yt-dlp': 'yt-dlp',
    'nix-output-monitor': 'nom',
    'claude-code': 'claude',
    taskwarrior3: 'task',
    openssh: 'ssh',
    inetutils: 'telnet',
    dnsutils: 'dig',
    bind: 'dig',
    pciutils: 'lspci',
    usbutils: 'lsusb',
    aria2: 'aria2c',
    'ripgrep-all': 'rga',
    bluez: 'bluetoothctl',
    kitty: 'kitten',
    ghostscript: 'gs',
    graphviz: 'dot',
    csvkit: 'csvcut',
    visidata: 'vd',
    opentofu: 'tofu',
    'azure-cli': 'az',
    skim: 'sk',
    delve: 'dlv',
    redis: 'redis-cli',
    mariadb: 'mysql',
    protobuf: 'protoc',
    'android-tools': 'adb',
    'wl-clipboard': 'wl-copy',
    libnotify: 'notify-send',
    samba: 'smbclient',
    libxml2: 'xmllint',
    moreutils: 'sponge',
    '_1password-cli': 'op',
    vscode: 'code',
    vscodium: 'codium',
    netcat: 'nc',
    'magic-wormhole': 'wormhole',
    mosquitto: 'mosquitto_pub',
    libvirt: 'virsh',
    smartmontools: 'smartctl',
    lm_sensors: 'sensors',
    'nvme-cli': 'nvme',
    sysstat: 'iostat',
    'inotify-tools': 'inotifywait',
    'xdg-utils': 'xdg-open',
    'python3Packages.ipython': 'ipython',
    'universal-ctags': 'ctags',
    'silver-searcher': 'ag',
    delta: 'delta',
    difftastic: 'difft',
  }),
);

/** Every public command name; all are plain file names. */
export const publicTools: ReadonlySet<string> = new Set(names.split(/\s+/).filter((name) => name !== ''));

/** The main command of a package, if it is publicly known; else null. */
export function commandOfPackage(attribute: string): string | null {
  return packageCommands.get(attribute) ?? (publicTools.has(attribute) ? attribute : null);
}

/** The package of nixpkgs that has a publicly known command, where its name differs from that of the command or is listed. */
export function packageOfCommand(command: string): string | null {
  return [...packageCommands].find(([, main]) => main === command)?.[0] ?? null;
}
