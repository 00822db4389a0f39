import { publicTools } from './public-tools.ts';

/** Known tools that work without being typed: other programs call them, or they are windows. */
const notTyped = new Set(
  `alacritty kitty ghostty wezterm xterm gnome-terminal firefox gimp inkscape vlc mpv feh imv zathura sioyek meld obs godot
  virt-manager wireshark pavucontrol gparted rofi wofi waybar polybar dunst mako swaylock sway hyprland hyprlock
  starship direnv nix-direnv zoxide z fzf atuin carapace thefuck mcfly navi comma nix-index nix-locate autojump fasd jump
  bash zsh fish nu dash sh ksh elvish xonsh pwsh login su sudo doas
  delta difft git-lfs git-crypt git-absorb tree-sitter pinentry gpg-agent ssh-agent keychain xdg-open xdg-mime
  xclip xsel wl-copy wl-paste pbcopy notify-send libnotify playerctl brightnessctl pamixer wpctl pactl pw-cli
  gcc g++ cc c++ clang clang++ ld as ar nm mold ccache sccache cmake ninja meson pkg-config autoconf automake m4 make
  rust-analyzer gopls nixd nil rnix-lsp pyright typescript-language-server clang-format clang-tidy clangd
  nixfmt alejandra nixpkgs-fmt statix deadnix black isort ruff prettier eslint stylua shfmt shellcheck taplo biome treefmt
  node python python3 ruby perl lua java go rustc cargo rustup deno bun php tsc
  cron crond atd tlp syncthing ollama docker dockerd podman tailscale pipewire wireplumber
  bat less more most man tldr unzip unrar p7zip 7z curl wget ffmpeg ffprobe magick convert identify exiftool tesseract
  git git-annex gh glab jq yq gojq rg fd fdfind sqlite3 openssl ssh scp sftp mosh tmux zellij screen bc envsubst file
  yt-dlp aria2c streamlink pandoc dot ctags aspell hunspell pdftotext pdftoppm pdfinfo mediainfo w3m lynx inotifywait
  zip zstd lz4 patch dos2unix gum dialog zenity fzy sk peco acpi sensors fastfetch neofetch nix-prefetch-git nix-prefetch-url
  rsync rclone restic borg kopia sops age age-keygen gpg pass trash-put trash
  nom nvd nix-diff socat bwrap xdotool ydotool dotool wtype tcpdump ueberzug ueberzugpp chafa ffmpegthumbnailer adb fastboot ast-grep sg semgrep
  claude codex gemini opencode copilot aider glxinfo vulkaninfo dconf gsettings appimage-run steam-run`.split(/\s+/),
);

/** Tools of the day on which something is broken: that nobody typed them says nothing. */
const rarelyNeeded =
  /\b(rescu\w*|recover\w*|undelete|repair\w*|partition\w*|firmware|s\.?m\.?a\.?r\.?t|hardware|diagnos\w*|forensic\w*|boot\w*|uefi|efi|usb|pci|dmi|bios|sensors?|file ?systems?|disks?|memory test\w*|stress|backups?|encrypt\w*|decrypt\w*)\b/i;
const rarelyNeededNames = new Set(
  `testdisk photorec ddrescue smartctl nvme lshw lspci lsusb lscpu dmidecode hdparm sdparm parted gdisk sgdisk fdisk cfdisk sfdisk
  wipefs memtester stress stress-ng ethtool sensors i2cdetect efibootmgr cryptsetup mkfs.fat fsck.fat e2fsck ntfsfix ntfs-3g mkfs.ntfs
  mount.exfat btrfs zfs zpool lvm mdadm safecopy foremost extundelete f3write badblocks nixos-enter nixos-install`.split(
    /\s+/,
  ),
);

const saysTool = /\b(cli|tui|command[- ]line|terminal|console)\b/i;
const saysOther =
  /\b(librar(y|ies)|font|theme|icon|plugin|extension|daemon|server|driver|firmware|wrapper|integration|completion|emulator|desktop|applet|gui|graphical|language server|prompt|shell)\b/i;

/**
 * Whether a person would type one of these commands, so that never typing it says something. Errs
 * towards no: what other programs call, windows, shells and libraries are never said to be unused.
 */
export function isTypedTool({ description }: { description: string | null }, commands: readonly string[]): boolean {
  if (commands.length === 0 || commands.length > 12) return false;
  if (commands.some((command) => notTyped.has(command) || rarelyNeededNames.has(command))) return false;
  if (description !== null && (saysOther.test(description) || rarelyNeeded.test(description))) return false;
  if (commands.some((command) => publicTools.has(command))) return true;
  return description !== null && saysTool.test(description);
}
