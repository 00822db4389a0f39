import type { Place } from './common.ts';
import type { Evaluated, EvaluatedPackage, Provenance, Setting } from './evaluated.ts';

/** An attribute that an overlay defines. */
export interface OverlayAttribute {
  attribute: string;
  file: string;
  line: number;
}

/** The options that allow what nixpkgs refuses. */
const allowing: Readonly<Record<string, readonly string[]>> = {
  broken: ['allowBroken', 'allowBrokenPredicate'],
  insecure: ['permittedInsecurePackages', 'allowInsecurePredicate'],
  unfree: ['allowUnfree', 'allowUnfreePredicate', 'allowUnfreePackages', 'allowlistedLicenses', 'whitelistedLicenses'],
};

/**
 * Adds to each declared package the overlay that defines its attribute, its version in the plain nixpkgs, and the
 * options that allow it although nixpkgs refuses it.
 *
 * @param overlays in the order in which they are applied
 * @param plainVersions attribute -> version, of some packages
 */
export function addProvenance(
  evaluated: Evaluated,
  overlays: readonly OverlayAttribute[],
  plainVersions: Readonly<Record<string, string>>,
): Evaluated {
  const places = new Map(overlays.map(({ attribute, file, line }): [string, Place] => [attribute, { file, line }]));
  return {
    ...evaluated,
    packages: evaluated.packages.map((one): EvaluatedPackage => {
      if (one.base) return one;
      const attributes = new Set(one.declarations.map(({ attribute = one.name }) => attribute));
      const overlay = [...attributes].map((attribute) => places.get(firstName(attribute))).find((place) => place);
      // A package that is declared as `nodejs_20` is not to be compared with `nodejs`.
      const plainVersion = [...attributes].some((attribute) => lastName(attribute) === one.name)
        ? plainVersions[one.name]
        : undefined;
      return {
        ...one,
        ...(overlay === undefined ? {} : { overlay }),
        ...(plainVersion === undefined || (overlay === undefined && one.origin === undefined) ? {} : { plainVersion }),
        ...(one.marks === undefined
          ? {}
          : { marks: one.marks.map((mark) => ({ ...mark, ...allowedBy(mark.kind, evaluated.settings ?? []) })) }),
      };
    }),
  };
}

/** The parts of a package's record that say how it differs from the plain nixpkgs. */
export function provenanceOf({ origin, overlay, plainVersion, marks }: Provenance): Provenance {
  return {
    ...(origin === undefined ? {} : { origin }),
    ...(overlay === undefined ? {} : { overlay }),
    ...(plainVersion === undefined ? {} : { plainVersion }),
    ...(marks === undefined ? {} : { marks }),
  };
}

const firstName = (attribute: string): string => attribute.split('.', 1)[0] ?? attribute;
const lastName = (attribute: string): string => attribute.split('.').at(-1) ?? attribute;

function allowedBy(kind: string, settings: readonly Setting[]): { allowedBy?: { option: string; places: Place[] }[] } {
  const options = (allowing[kind] ?? []).map((name) => `nixpkgs.config.${name}`);
  const found = settings
    .filter(({ option }) => options.includes(option))
    .map(({ option, places }) => ({ option, places }));
  return found.length === 0 ? {} : { allowedBy: found };
}
