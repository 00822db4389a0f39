import type { Place } from '../../evidence/common.ts';
import type { Provenance } from '../../evidence/evaluated.ts';
import { plainText } from '../../text.ts';
import { placeText } from '../places.ts';

const shownReasons = 3;

/** One line on where a package differs from that of nixpkgs, and one for each mark. Empty where it does not differ. */
export function provenanceText(provenance: Provenance, version: string | undefined): string[] {
  const differs = [...originText(provenance), ...plainVersionText(provenance, version)];
  return [
    ...(differs.length > 0 ? [differs.join('; ')] : []),
    ...(provenance.marks ?? []).map(({ kind, why, allowedBy = [] }) => {
      const reasons = why.slice(0, shownReasons).map((text) => plainText(text, 100));
      const options = allowedBy.map(({ option, places }) => `${option} in ${places.map(placeText).join(', ')}`);
      return (
        `${kind}${reasons.length > 0 ? ` (${reasons.join(', ')})` : ''}` +
        (options.length > 0 ? `; the configuration sets ${options.join(' and ')}` : '')
      );
    }),
  ];
}

function originText({ origin, overlay }: Provenance): string[] {
  const parts: string[] = [];
  if (overlay !== undefined) parts.push(`defined by the overlay in ${placeText(overlay)}`);
  if (origin === undefined || (overlay !== undefined && samePlace(origin, overlay))) return parts;
  const input = /^([^:/]+):/.exec(origin.file)?.[1];
  return [...parts, input === undefined ? `version from ${placeText(origin)}` : `from the input ${input}`];
}

const samePlace = (a: Place, b: Place): boolean => a.file === b.file && a.line === b.line;

function plainVersionText({ plainVersion }: Provenance, version: string | undefined): string[] {
  if (plainVersion === undefined) return [];
  return [`nixpkgs has ${plainVersion === version ? 'the same version' : plainVersion}`];
}
