/**
 * Commands that every NixOS has (`environment.corePackages`, security wrappers), and those that a shell or another tool
 * defines as a function. Where the evidence has no package for one of them, it is not missing.
 */
const names: ReadonlySet<string> = new Set(
  `getfacl setfacl getfattr setfattr bash sh bzip2 bunzip2 bzcat cpio curl cmp diff diff3 sdiff find xargs locate updatedb awk gawk
  getent getconf ldd iconv locale grep egrep fgrep zgrep patch sed tar gzip gunzip zcat xz unxz xzcat less lesskey capsh getcap setcap
  clear infocmp reset tput tset nc mkpasswd su time which zstd unzstd ssh scp sftp ssh-keygen ssh-add ssh-agent ssh-copy-id
  top ps free uptime watch kill pgrep pkill pidof pmap pwdx slabtop sysctl tload vmstat w killall pstree fuser host hostname
  mount umount lsblk blkid dmesg fdisk cfdisk sfdisk findmnt flock getopt hexdump hwclock ionice ipcs kill last login logger losetup
  lscpu lsmem lsns mesg mkfs mkswap more mountpoint nsenter prlimit rename renice rev rfkill script setarch setsid setterm su
  swapoff swapon taskset unshare uuidgen wall whereis write wipefs chsh chfn newgrp passwd
  ls cat cp mv rm ln mkdir rmdir touch chmod chown chgrp du df dd date echo printf head tail wc sort uniq cut paste tr tee env pwd
  basename dirname readlink realpath stat sleep seq yes true false test expr id whoami groups who users tty uname nproc nohup nice
  sync split csplit comm join fold fmt nl od base64 base32 md5sum sha1sum sha256sum sha512sum cksum sum shred shuf tac truncate
  mktemp install timeout stdbuf factor numfmt expand unexpand pr ptx tsort unlink link mkfifo mknod pathchk pinky printenv hostid
  sudo sudoedit doas pkexec ping fusermount fusermount3 run0 ip ifconfig route arp netstat lsmod modprobe rmmod insmod modinfo
  systemctl journalctl loginctl hostnamectl timedatectl localectl networkctl resolvectl busctl coredumpctl systemd-run
  systemd-analyze systemd-cgls bootctl machinectl udevadm reboot poweroff shutdown halt init man apropos whatis mandb info
  nix nix-build nix-channel nix-collect-garbage nix-copy-closure nix-daemon nix-env nix-hash nix-instantiate nix-prefetch-url
  nix-shell nix-store nixos-rebuild nixos-option nixos-version nixos-generate-config nixos-install nixos-enter nixos-container nano vi ed
  z zi j fuck nvm conda cd pushd popd test type command`.split(/\s+/),
);

/** Whether a command is there without a package of the configuration. */
export function isOfEverySystem(command: string): boolean {
  return names.has(command);
}
