import type { KnownError } from './kinds.ts';

/** Errors of programs after the build, which have no trace: activation scripts, systemd, the boot loader. */
export function activationErrors(lines: readonly string[]): KnownError[] {
  const found: KnownError[] = [];
  for (const line of lines) {
    for (const { kind, pattern, read } of matchers) {
      const groups = pattern.exec(line);
      if (groups === null) continue;
      found.push({ kind, message: line.trim(), ...read(groups[1] ?? '', groups[2] ?? '') });
      break;
    }
  }
  return found;
}

interface Matcher {
  kind: KnownError['kind'];
  pattern: RegExp;
  read: (first: string, second: string) => Partial<KnownError>;
}

const matchers: readonly Matcher[] = [
  // home-manager: an existing backup is in the way of the backup.
  {
    kind: 'file in the way',
    pattern: /Existing file '(.+?)' would be clobbered by backing up '(.+?)'/,
    read: (backup, file) => ({ name: file, other: backup }),
  },
  { kind: 'file in the way', pattern: /Existing file '(.+?)' would be clobbered$/, read: (name) => ({ name }) },
  // "…, will be moved to" is a warning.
  { kind: 'file in the way', pattern: /Existing file '(.+?)' is in the way of '[^']+'$/, read: (name) => ({ name }) },
  // nix-darwin lists the files below this line.
  {
    kind: 'file in the way',
    pattern: /^error: Unexpected files in (\/etc), aborting activation/,
    read: (name) => ({ name }),
  },
  {
    kind: 'failed unit',
    pattern: /the following units failed: (.+)$/,
    read: (names) => ({ name: names.split(/,? /)[0] ?? names }),
  },
  {
    kind: 'failed unit',
    pattern: /^(?:Job for|Failed to (?:re)?start) (\S+\.service)\b.*(?:failed|not loaded|timeout)/,
    read: (name) => ({ name }),
  },
  { kind: 'disk', pattern: /(No space left on device|Disk quota exceeded)/, read: () => ({}) },
];
