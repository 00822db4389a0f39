/**
 * Public tools by purpose, with the names of their packages in nixpkgs, without the version that some names end in
 * (`nodejs_22`). Descriptions are often too short or too proud to tell the purpose ("Post-modern modal …").
 */
const toolsByPurpose: Readonly<Record<string, string>> = {
  search:
    'ripgrep ripgrep-all ugrep silver-searcher ack fd fzf skim television ast-grep comby plocate mlocate igrep repgrep',
  'version-control':
    'git git-lfs git-absorb git-cliff git-crypt git-filter-repo git-branchless gitui lazygit tig jujutsu gh glab hub delta diff-so-fancy difftastic onefetch mercurial subversion fossil tea forgejo-cli gitflow serie',
  data: 'jq jaq gojq yq yq-go jless fx gron dasel miller xsv qsv csvkit csvlens visidata htmlq pup xmlstarlet sd sad choose pv datamash gawk gnused hexyl xxd taplo jo jc',
  files:
    'bat eza lsd exa tree dust du-dust duf dua ncdu gdu file rsync rclone restic borgbackup kopia zip unzip p7zip unrar unar zstd xz pigz gnutar trash-cli gtrash yazi ranger nnn lf broot fdupes jdupes rmlint stow chezmoi rename syncthing coreutils findutils less ouch',
  languages:
    'nodejs deno bun python ruby go rustc rustup gcc clang ghc ocaml elixir erlang jdk openjdk temurin-bin kotlin scala lua luajit zig php perl typescript julia nim dotnet-sdk swift crystal ipython tree-sitter racket guile clojure gleam sbcl',
  building:
    'cmake gnumake ninja meson just go-task bazel bazelisk gradle maven ant sbt cabal-install stack pnpm yarn npm uv poetry pipenv pdm pixi hatch mise asdf direnv bear ccache sccache pkg-config autoconf automake libtool cargo cargo-watch cargo-nextest cargo-edit esbuild turbo conan watchexec entr composer bundler leiningen',
  checking:
    'shellcheck shfmt ruff black isort mypy pyright basedpyright pylint flake8 eslint eslint_d prettier prettierd biome hadolint actionlint yamllint vale gopls golangci-lint rust-analyzer clippy rustfmt clang-tools typescript-language-server lua-language-server bash-language-server yaml-language-server haskell-language-server vscode-langservers-extracted terraform-ls pre-commit lefthook treefmt tflint semgrep hunspell aspell codespell typos stylua markdownlint-cli markdownlint-cli2 editorconfig-checker jscpd lizard radon cppcheck phpstan phpunit php-cs-fixer intelephense phpactor marksman metals zls ruby-lsp solargraph tokei scc cloc',
  debugging:
    'gdb lldb strace ltrace valgrind perf hyperfine heaptrack bpftrace rr sysprof flamegraph gef pwndbg radare2 rizin binwalk hotspot poop bpftop',
  containers:
    'docker docker-client docker-compose podman podman-compose buildah skopeo dive lazydocker kubectl kubernetes-helm helm helmfile k9s kind minikube k3d k3s kustomize stern kubectx kubeseal argocd fluxcd qemu distrobox toolbox bubblewrap crun runc nerdctl packer vagrant hadolint-bin ctop',
  databases:
    'postgresql sqlite duckdb mariadb mysql redis valkey pgcli mycli litecli iredis usql mongosh litestream clickhouse dbmate pgloader sqlitebrowser-cli rainfrog',
  cloud:
    'awscli awscli2 google-cloud-sdk azure-cli opentofu terraform terragrunt pulumi ansible doctl flyctl hcloud wrangler vercel heroku netlify-cli stripe-cli sentry-cli newrelic-cli s3cmd minio-client act eksctl',
  network:
    'curl curlie wget wget2 xh httpie aria2 yt-dlp nmap dig bind dnsutils doggo dog whois mtr iperf iperf3 socat netcat netcat-gnu ncat nc tcpdump wireshark-cli termshark openssh mosh wireguard-tools tailscale headscale ngrok cloudflared websocat grpcurl caddy nginx bandwhich gping traceroute inetutils ethtool oha wrk k6 hey vegeta hurl sshfs autossh mitmproxy lynx w3m iftop nethogs iptables nftables',
  nix: 'nix nixfmt nixfmt-rfc-style nixfmt-classic alejandra nixpkgs-fmt statix deadnix nil nixd nh nvd nix-tree nix-output-monitor nix-index comma manix nix-init nix-update nixpkgs-review cachix attic-client devenv nix-diff nix-du nix-melt nix-btm nixtract nix-web nix-fast-build nix-eval-jobs home-manager nurl agenix colmena deploy-rs nix-prefetch-git nix-prefetch-github optnix nix-search-cli nvfetcher npins niv nixos-anywhere disko',
  ai: 'claude-code codex opencode aider-chat gemini-cli ollama llama-cpp goose-cli cursor-cli whisper-cpp github-mcp-server mcp-nixos serena crush amp-cli qwen-code github-copilot-cli llm mods fabric-ai jules droid repomix',
  security:
    'age rage age-plugin-yubikey gnupg openssl pass passage gopass bitwarden-cli rbw _1password-cli sops gitleaks trufflehog trivy grype syft lynis yubikey-manager cosign step-cli mkcert vault openbao minisign john hashcat ssh-audit ssh-to-age sudo doas',
  system:
    'htop btop bottom glances procs lsof psmisc killall pciutils usbutils lm_sensors smartmontools nvme-cli powertop iotop sysstat bluez fwupd lshw dmidecode hwinfo inxi fastfetch neofetch efibootmgr parted util-linux nvtop stress-ng acpi tlp lnav goaccess udisks2 udiskie',
  shell:
    'tmux zellij screen fish zsh bash nushell atuin starship oh-my-posh zoxide mcfly gum moreutils parallel tldr tealdeer navi cheat thefuck pay-respects asciinema vhs man-pages expect dialog figlet lolcat cowsay fortune sl cmatrix toilet bash-completion',
  editors: 'neovim vim helix emacs nano micro kakoune ed',
  documents:
    'pandoc ffmpeg imagemagick typst texlive mdbook hugo zola glow graphviz sox exiftool poppler-utils ghostscript tesseract mermaid-cli d2 plantuml qpdf pdftk optipng jpegoptim pngquant asciidoctor quarto ocrmypdf translate-shell presenterm slides',
  desktop:
    'wl-clipboard xclip xsel wtype xdotool ydotool dotool grim slurp grimblast brightnessctl playerctl pamixer cliphist',
};

const purposeByTool: ReadonlyMap<string, string> = new Map(
  Object.entries(toolsByPurpose).flatMap(([purpose, names]) =>
    names.split(' ').map((name) => [name, purpose] as const),
  ),
);

/** The purpose of a public tool, by the name of its package; undefined: not in the table. */
export function knownPurpose(name: string): string | undefined {
  return purposeByTool.get(name) ?? purposeByTool.get(name.replace(/[\d._-]+$/, ''));
}
