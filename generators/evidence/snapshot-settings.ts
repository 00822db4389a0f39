import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The options of the modules that the snapshot commands read on the user's machine. */
export interface SnapshotSettings {
  /** Folders with projects; `~/` is the home. */
  projectFolders: readonly string[];
  projectNames: 'none' | 'hashed' | 'plain';
}

/** What the Nix modules write as JSON: of the home-manager module, else of the NixOS module. */
export function readSnapshotSettings(home: string): SnapshotSettings {
  const configuration = process.env.XDG_CONFIG_HOME || join(home, '.config');
  const files = [join(configuration, 'nixos-intelligence/snapshots.json'), '/etc/nixos-intelligence/snapshots.json'];
  for (const file of files) {
    try {
      const { projects }: { projects: { folders: string[]; names: SnapshotSettings['projectNames'] } } = JSON.parse(
        readFileSync(file, 'utf8'),
      );
      return {
        projectFolders: projects.folders.map((folder) => folder.replace(/^~(?=\/|$)/, home)),
        projectNames: projects.names,
      };
    } catch {
      // Not configured there; the modules check what they write.
    }
  }
  return { projectFolders: [], projectNames: 'none' };
}
