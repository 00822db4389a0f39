import { type Dirent, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { byText } from '../../order.ts';
import { isNixManifest, isOwnFolder, manifestType } from './project-files.ts';

/** A folder with a repository, or with a manifest outside of any repository. */
export interface ProjectFolder {
  folder: string;
  isRepository: boolean;
}

export interface Search {
  projects: ProjectFolder[];
  /** Folders that were looked into. */
  visited: number;
  complete: boolean;
}

/**
 * The projects below the named folders. A project is not searched for others. Links and network file systems are not
 * followed, and hidden and vendored folders are not entered.
 *
 * @param depth levels of folders below each named one
 * @param isOver whether the time is up
 */
export function findProjects(folders: readonly string[], depth: number, isOver: () => boolean): Search {
  const search: Search = { projects: [], visited: 0, complete: true };
  const network = networkMounts();
  const seen = new Set<string>();
  const visit = (folder: string, level: number): void => {
    if (isOver()) {
      search.complete = false;
      return;
    }
    if (seen.has(folder) || network.has(folder)) return;
    seen.add(folder);
    const entries = entriesOf(folder);
    search.visited += 1;
    const isRepository = entries.some(({ name }) => name === '.git');
    if (isRepository || entries.some((entry) => entry.isFile() && isManifest(entry.name))) {
      search.projects.push({ folder, isRepository });
      return;
    }
    if (level >= depth) return;
    for (const entry of entries) {
      // A link is no directory here.
      if (entry.isDirectory() && !entry.name.startsWith('.') && isOwnFolder(entry.name)) {
        visit(path.join(folder, entry.name), level + 1);
      }
    }
  };
  for (const folder of folders) visit(path.resolve(folder), 0);
  return search;
}

function isManifest(name: string): boolean {
  return manifestType(name) !== null || isNixManifest(name);
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => byText(a.name, b.name));
  } catch {
    return []; // not readable: nothing of the user's projects
  }
}

const networkTypes =
  /^(nfs\d?|cifs|smb3|smbfs|9p|afs|ceph|glusterfs|lustre|davfs|ncpfs|coda|fuse\.(sshfs|rclone|s3fs|davfs2?|glusterfs|gvfsd-fuse))$/;

/** Folders at which a network file system is mounted. */
function networkMounts(): ReadonlySet<string> {
  let table: string;
  try {
    table = readFileSync('/proc/self/mounts', 'utf8');
  } catch {
    return new Set(); // no Linux
  }
  return new Set(
    table.split('\n').flatMap((line) => {
      const [, folder = '', type = ''] = line.split(' ');
      return networkTypes.test(type) ? [folder.replace(/\\040/g, ' ')] : [];
    }),
  );
}

/** The text of a regular file; null for a link, a device, a file that is too large or cannot be read. */
export function readRegularFile(file: string, largest = 2_000_000): string | null {
  try {
    const status = lstatSync(file);
    return status.isFile() && status.size <= largest ? readFileSync(file, 'utf8') : null;
  } catch {
    return null;
  }
}
