import type { ComponentChildren } from 'preact';
import type { Inline } from '../content.ts';
import type { Place as PlaceOf } from '../evidence/common.ts';
import type { Manifest } from '../evidence/manifest.ts';

/** A section of the page: the navigation links to its id. */
export interface Section {
  id: string;
  title: string;
  content: ComponentChildren;
}

/** A line of content as HTML: the same sentence as in CLAUDE.md. */
export function Line({ of }: { of: readonly Inline[] }) {
  return (
    <>
      {of.map((part) => {
        if (typeof part === 'string') return part;
        if ('code' in part) return <code>{part.code}</code>;
        if ('strong' in part) return <strong>{part.strong}</strong>;
        if ('emphasis' in part) return <em>{part.emphasis}</em>;
        return <code>{part.importOf}</code>;
      })}
    </>
  );
}

/** A sentence of ours in which names stand between backticks: those are shown as code. */
export function Marked({ text }: { text: string }) {
  return <>{text.split('`').map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
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
