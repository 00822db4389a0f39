import type { ComponentChildren } from 'preact';
import type { Place as PlaceOf } from '../evidence/common.ts';
import type { Manifest } from '../evidence/manifest.ts';

/** A section of the page: the navigation links to its id. */
export interface Section {
  id: string;
  title: string;
  content: ComponentChildren;
}

/** `modules/packages.nix:12` */
export function Place({ of: { file, line } }: { of: PlaceOf }) {
  return <code class="place">{line === undefined ? file : `${file}:${line}`}</code>;
}

/**
 * What a section lacks, and the command that supplies it.
 *
 * @param evidence the missing file of the input folder: `snapshots/git-history.json`
 */
export function Missing({ what, evidence, manifest }: { what: string; evidence: string; manifest: Manifest }) {
  const rejected = manifest.rejected.find(({ file }) => file === evidence);
  const command = manifest.missing.find(({ file }) => file === evidence)?.command;
  return (
    <p class="missing">
      <strong>{what}</strong>{' '}
      {rejected !== undefined ? (
        rejected.reason
      ) : command ? (
        <>
          <code>{command}</code> supplies it.
        </>
      ) : (
        'The build of the configuration supplies it.'
      )}
    </p>
  );
}
