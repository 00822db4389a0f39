import type { Word } from '../lang/shell/line.ts';
import { type World, wordPath } from './world.ts';

/**
 * Whether a word names something that must not be removed: the home, the root, a folder of the system.
 *
 * @returns what it is, in words; `'unknown'` where the word is not known and may be such a path; null
 * for everything else
 */
export function precious(word: Word, cwd: string | null, world: World): string | null {
  const shape = word.text ?? word.shape ?? '\0';
  if (shape.includes('\0')) return unknownPart(shape) ? 'unknown' : null;
  if (shape === '') return null;
  const last = shape.slice(shape.lastIndexOf('/') + 1);
  // `*`, `.*` and `.[!.]*` in a folder are the folder's contents; `*.log` is something in it.
  const contents = word.pattern && /[*?[]/.test(last) && !/[A-Za-z0-9]/.test(last);
  const folder = contents ? shape.slice(0, shape.lastIndexOf('/') + 1) || '.' : shape;
  const path = wordPath({ text: folder, quoted: word.quoted }, cwd, world.home);
  if (path === null) return contents || /^\.\.?(\/|$)/.test(folder) ? 'unknown' : null;
  const what = preciousPath(path, world.home);
  return what !== null && contents ? `everything in ${what}` : what;
}

/** If `$X` is empty, `$X/` and `$X/*` are the root; a name before or after the unknown part excludes that. */
function unknownPart(shape: string): boolean {
  const rest = shape.slice(shape.lastIndexOf('\0') + 1);
  const before = shape.slice(0, shape.indexOf('\0')).replace(/^\.\//, '');
  const inside = /[A-Za-z0-9]/.test(before) && !/^\/(home|Users|root|etc|usr|nix|var|boot)\/?$/.test(before);
  return rest.split('/').includes('..') || (!inside && !/[A-Za-z0-9]/.test(rest));
}

function preciousPath(path: string, home: string): string | null {
  if (path === '/') return 'the whole system (`/`)';
  if (path === home) return `the home (\`${path}\`)`;
  if (home.startsWith(`${path}/`)) return `every home (\`${path}\`)`;
  if (/^\/(home|Users)(\/[^/]+)?$|^\/root$/.test(path)) return `a home (\`${path}\`)`;
  if (/^\/(bin|boot|dev|etc|lib|lib64|mnt|nix|opt|persist|proc|run|sbin|srv|sys|usr|var)$/.test(path))
    return `\`${path}\``;
  if (/^\/(boot|etc|media|mnt|persist|srv|var\/(db|lib|www))\/[^/]+$/.test(path)) return `\`${path}\``;
  if (/^\/(nix\/(store|var)|usr\/(bin|lib|share|local)|etc\/nixos)$/.test(path)) return `\`${path}\``;
  const below = path.startsWith(`${home}/`) ? path.slice(home.length + 1) : '';
  return /^(\.ssh|\.gnupg|\.config|\.local|\.local\/(share|state)|\.password-store|Documents)$/.test(below)
    ? `\`~/${below}\``
    : null;
}
