/**
 * Words of the field that an English dictionary lacks: public products, formats, protocols, desktop and Nix terms.
 * A word that is missing here only costs an excerpt, so names of persons, companies and places stay out.
 */
const words = `
  aac ai aks alsa amd amd64 amdgpu android ansi aarch64 api apis app apps appimage appimages arch arm arm64 async
  auth autocomplete autocompletion autoconfig autofill autologin autostart autostarts avahi aws azure backend backends
  backlight backport backported backports bbr bios bitwarden blob blobs bluetooth boolean bootable bootloader brave
  btrfs build builtin builtins bumped bumps bz2 c++ cachix chatbot chatgpt chrome chromecast chromium ci claude cli
  clis clipboard cmd codebase codec codecs codeium comfyui commit commits compositor compositors compressor config
  configs configurable containerd containerisation containerization containerized copilot coreutils cpu cpus cron
  crypto css csv ctrl cuda cups cursor cyber daemonize darwin dbus ddc debian debug debugger decompiler dedupe
  deduplicate deduplicated deduplication deepseek deps derivation derivations desktop devcontainer devenv devops
  devshell dev directx disko displaylink distro distros dns docker dotfile dotfiles dotnet downloader dropbox drv ebook
  ebooks ebpf ecosystem efi electron elixir elm emacs email emails emoji emojis enum env epub esp esp32 ethernet
  evdev exa exe exif ext4 f2fs facebook failover fallback fcitx fcitx5 ffmpeg fhs figma filesystem filesystems filetype
  firefox firewall firmware fixup flac flake flakes flatpak flatpaks fontconfig foss freecad freedesktop frontend
  frontends fuse fuzzel fwupd fzf gamepad gamescope gcc gdm geoclue ghostty gif gifs git github gitlab gitops glx gmail
  gnome gnu go golang google gpg gps gpu gpus grafana graphql greeter grep grpc gstreamer gtk gtk2 gtk3 gtk4 gui guis
  gzip h264 h265 haskell hdmi hdr heic hevc hibernate hidpi homebrew hostname hotkey hotkeys hotspot html http https
  hypervisor hyprland i3 ibus ics ide ides iconset identifier imap img impermanence incus infra initrd inotify inode
  inodes instagram intel intellij ios iot ipad ipc iphone ipv4 ipv6 iso itunes jetbrains java javascript jellyfin jpeg
  jpg js json json5 jsonnet jupyter k3s k8s kanban kde keepass keepassxc keybind keybinding keybindings keybinds
  keyboard keymap keymaps keyring kitty kotlin krunner kubernetes kvm laptop laptops latex launcher ldap led leds
  lazygit legacy lib libreoffice libs libsecret libvirt libvirtd lifecycle linkedin linter linters linting linux lisp
  llama llm llms localhost localization lockscreen lockfile lossless lossy lsp lsps lua luks luks2 lvm lxc lxqt lz4 lzma
  mac macos makefile malware markdown mastodon mac matplotlib matrix maven mcp mdns mesa metadata microphone
  microservice microservices middleware midi minecraft mingw mitigations mkv mobi modem mojang monorepo mouse mozilla mp3
  mp4 mpd mpris mpv msvc multicast multimedia multiplexer multithreaded mysql namespace namespaces nas neovim
  netbird netflix network networkd networkmanager neural newsreader nextcloud nextjs nfs nginx nightly niri nixfmt
  nixos nixpkgs nix node nodejs nouveau npm npx ntfs nu numlock numpy nur nushell nvidia nvim nvme oauth obs ocaml ocr oci
  odt offline okular ollama onedrive oom openai openblas opencl opengl openrgb openssh openssl openvpn os osd osx
  outlook overlay overlays overlayfs pacman pam parser parsers partitioning passthrough patched pci pcie pdf pdfs perl
  pgp photoshop php pinentry pipewire plasma playlist playlists plex plugin plugins png pnpm podcast podcasts podman
  polkit portal portals postgres postgresql powerline powershell ppp prebuilt preload preinstalled preset presets
  previewer procfs profiler prometheus proton protobuf protonmail proxied psql pulseaudio py pypi python python2 python3
  qemu qmk qml qr qt qt5 qt6 radeon raid ram rar rasterizer raspi rdp readline readme rebase rebased rebuild rebuilds
  redhat redis redshift refactor refactored refactoring regex regexes reimplementation reload remap remapper remapping
  repl repo repos repository reproducibility reproducible reset resolver rest reverted rewrite rfkill rgb ripgrep rofi
  rollback rollbacks rootless router rpc rpm rsync rtkit ruby runtime runtimes rust rustup rustc s3 samba sandbox
  sandboxed sandboxing sass scala scanner schema scp screencast screencasting screencasts screenlocker screensaver
  screenshare screensharing screenshot screenshots scrollback sddm sdk sdks sdl selinux setuid sha1 sha256 shader
  shaders shellcheck shortcut shortcuts signal skype slack sleep slurp smartd smb smtp snapshotting snapd sops spotify
  sql sqlite sqlite3 ssd ssds ssh sshd ssl startup statix stdin stderr stdout stateful stateless steam steamos stt
  stylix subcommand subcommands subdirectory submodule submodules subprocess subsystem subtitle subtitles sudo svg svgs
  swap sway swaylock swc syncthing syntax sysctl syslog sysadmin system76 systemd systray tablet tailscale tarball
  tcp teamviewer telegram telemetry terraform terminfo tex texlive thumbnail thumbnailer thumbnails thunderbolt
  thunderbird tiling tls tmpfs tmux todo todos toggle toggles tomcat toml toolchain toolchains toolkit tooltip
  torrent torrents touchpad touchscreen tpm tpm2 transcode transcoding tree-sitter treesitter tts tty tui tuis tv twitch
  twitter txt typescript typeset typesetting typo ubuntu udev udp udisks udisks2 uefi ui uis unbound unfree unicode
  uninstall uninstalled uninstalling unix unmaintained unmanaged unpackaged unpackage unpin unpinned unrar
  unstable unstuck unsupported untracked upnp upower upscaling uri url urls usb usbmuxd usbutils username utf utf8 util
  utils uuid ux v4l v4l2 vaapi vagrant vault vdpau venv ventoy vi viber video vim virt virtio virtiofs virtualbox
  virtualisation virtualise virtualised virtualization virtualized vkbasalt vlan vlc vm vms vmware vnc vpn vpns vps vr
  vscode vscodium vue vulkan wacom wallpaper wallpapers waybar waydroid wayland web webapp webapps webassembly webcam
  webcams webdav webgl webhook webkit webm webp webrtc website websites websocket whatsapp whisper wifi wiki wikipedia
  windows wine winetricks wipe wireguard wireless wireplumber wireshark wl wlan wlroots workaround workarounds
  workflow workflows workspace workspaces workstation wsl wsl2 www x11 x86 x86_64 xbox xcb xdg xfce xfs xkb xml xmonad
  xorg xpra xps xserver xwayland yaml yarn youtube yml zed zfs zig zip zoom zram zsh zstd
  adapter adapters allowlist analyzer analyzers anthropic args ascii autohide bot bots british chinese cloudflare
  colorscheme colorschemes declaratively denylist dgpu dialog dialogs dockerfile dutch endpoint endpoints eol english
  enrollment fido2 french geolocation german hardcode hardcoded hardcoding homemanager igpu italian japanese justfile
  keypress keypresses kubeconfig makeinfo macbook manpage manpages mkdefault mkforce mkif mkmerge mixin mixins modularize
  mongodb nordlynx nordvpn noto offload offloading optimizer optimizers overclocking polish portuguese readd russian serif
  smartcard smartcards spanish standalone swedish symlink symlinked symlinking symlinks systempackages tech theming
  themed thinkpad tty1 uncomment uaccess usa userland userspace validator validators vhost vhosts wildcard worktree worktrees
  backdoor benchmark benchmarking benchmarks bugfix bugfixes changelog cleanup cleanups dependency dependencies
  deprecated disabled enable enabled formatter formatters grayscale hotfix howto impl init inline insecure installer
  integrations kernels lang lockup lockups misc multi nightlight param params pkg pkgs prefetch prefetcher proxy
  reinstall reinstalled rename renamed rewritten segfault segfaults stylesheet syntax tooling toplevel un upstream
  upstreamed upstreaming usable utils viewer viewers vulnerabilities vulnerability wip wishlist
  aren't can't cannot couldn't didn't doesn't don't hadn't hasn't haven't i'd i'll i'm i've isn't it'd it'll it's let's
  shouldn't that's there's they're wasn't we'll we're we've weren't what's won't wouldn't you'd you'll you're you've
  dont doesnt isnt wont cant e.g i.e etc vs ok btw fyi imo imho afaik lol oops yay aka asap tbd
`;

export const technicalWords: ReadonlySet<string> = new Set(words.trim().split(/\s+/));
