import { texts } from '../lang/shell/arguments.ts';
import type { Exec } from './call.ts';

/** A disk, a partition or a volume, not `/dev/null`. */
export const device =
  /^\/dev\/(sd[a-z]|hd[a-z]|vd[a-z]|xvd[a-z]|nvme\d|mmcblk\d|md\d|dm-\d|mapper\/|disk\/|loop\d|zvol\/)/;

type Changes = (exec: Exec) => boolean;

const always: Changes = () => true;
const unless =
  (...harmless: string[]): Changes =>
  ({ args }) =>
    args.length > 0 && !texts(args).some((text) => harmless.includes(text));
const onlyWith =
  (...words: string[]): Changes =>
  ({ args }) =>
    texts(args).some((text) => words.includes(text));

/** Tools that change disks and volumes, and whether a call does. `mkfs.*` is not listed by name. */
export const diskTools: Readonly<Record<string, Changes>> = {
  mkfs: always,
  mke2fs: always,
  mkswap: always,
  blkdiscard: always,
  cfdisk: always,
  lvremove: always,
  vgremove: always,
  pvremove: always,
  lvreduce: always,
  'disko-install': always,
  dd: ({ args }) => texts(args).some((text) => text.startsWith('of=') && device.test(text.slice(3))),
  shred: ({ args }) => texts(args).some((text) => device.test(text)),
  wipefs: ({ args }) => texts(args).some((text) => /^(-[a-z]*[ao][a-z]*|--all|--offset.*)$/.test(text)),
  fdisk: unless('-l', '--list', '-x', '-s', '--help', '-h', '-V'),
  sfdisk: unless('-l', '--list', '-d', '--dump', '-J', '--json', '--verify', '-s', '-F', '--help', '-h', '-V'),
  gdisk: unless('-l'),
  sgdisk: unless('-p', '--print', '-i', '--info', '-v', '--verify', '--help'),
  parted: unless('-l', '--list', 'print', 'p', '--help', '-h', '-v'),
  cryptsetup: onlyWith('luksFormat', 'erase', 'luksErase', 'luksKillSlot', 'luksRemoveKey', 'reencrypt', 'convert'),
  btrfs: onlyWith('delete'),
  zpool: onlyWith('destroy', 'labelclear', 'create'),
  zfs: onlyWith('destroy', 'rollback'),
  mdadm: onlyWith('--zero-superblock', '--create', '-C'),
  nvme: onlyWith('format', 'sanitize'),
  hdparm: onlyWith('--security-erase', '--security-erase-enhanced', '--trim-sector-ranges'),
  badblocks: onlyWith('-w'),
  disko: ({ args }) => texts(args).some((text) => /disko$|destroy|format|zap/.test(text)),
};
