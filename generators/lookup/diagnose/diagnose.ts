import { formerNames } from '../../evidence/option-docs.ts';
import { activationErrors } from './activation-errors.ts';
import type { Checkout } from './checkout.ts';
import { type ConfigurationSource, configurationSource } from './configuration-source.ts';
import { errorsIn, type NixError } from './errors-in.ts';
import { type KnownError, knownErrors } from './kinds.ts';
import { type Located, locate } from './locate.ts';
import type { Index } from './open-index.ts';
import { otherLevel, ownNames } from './option-level.ts';
import { type OwnFile, ownFiles } from './own-file.ts';

/** One cause of a failure, in the user's terms. */
export interface Cause extends Located {
  known: KnownError;
  /** null: a program after the build reported it. */
  error: NixError | null;
}

export interface Diagnosis {
  causes: Cause[];
  /** Where nothing was recognised: the last lines that are no progress and no warning. */
  lastLines: string[];
  source: ConfigurationSource | null;
}

const shownLines = 12;

/**
 * The causes of a failure in the output of nix, nixos-rebuild, home-manager, darwin-rebuild or nh.
 *
 * @param lines of the output: see `terminalLines`
 * @param checkout the user's configuration; null where it is not on this machine
 */
export function diagnose(lines: readonly string[], checkout: Checkout | null, index: Index | null): Diagnosis {
  const errors = errorsIn(lines);
  const source = checkout === null ? null : configurationSource(checkout);
  const own: OwnFile = checkout === null ? () => null : ownFiles(checkout, pathsIn(lines));
  const located = (known: KnownError, error: NixError | null): Located =>
    source === null
      ? { place: null, others: [], ...(known.option === undefined ? {} : { option: known.option }) }
      : locate({ known, error, source, own, formerNames: (option) => formerNames(option, index?.renamed() ?? []) });

  const causes: Cause[] = [];
  for (const error of errors) {
    for (const known of knownErrors(error).map((one) => untracked(one, own)))
      causes.push({ known, error, ...located(known, error) });
  }
  for (const known of activationErrors(lines)) {
    if (!causes.some((cause) => cause.known.kind === known.kind))
      causes.push({ known, error: null, ...located(known, null) });
  }
  if (causes.length === 0) causes.push(...thrownErrors(errors, located));
  for (const cause of causes) cause.known = atLevel(cause, source, index);
  return { causes: distinct(causes), lastLines: causes.length > 0 ? [] : lastLines(lines), source };
}

/** A file that the checkout has and its copy in the store lacks is one that git does not track. */
function untracked(known: KnownError, own: OwnFile): KnownError {
  const file = known.kind === 'missing file' && known.name?.startsWith('/nix/store/') ? own(known.name) : null;
  return file === null ? known : { ...known, kind: 'untracked file', name: file };
}

/** An unknown option that another level has is an error of its own kind. */
function atLevel({ known, place, option }: Cause, source: ConfigurationSource | null, index: Index | null): KnownError {
  if (known.kind !== 'unknown option' || option === undefined) return known;
  const written = place === null ? undefined : source?.definition(place.file, option)?.path;
  const level = otherLevel(option, written ?? ownNames(option), index);
  if (level === null) return known;
  return { ...known, kind: level === 'home' ? 'home-manager option in NixOS' : 'NixOS option in home-manager' };
}

/** Errors in words of a module's own, where they lead to a place in the user's files. */
function thrownErrors(errors: readonly NixError[], located: (known: KnownError, error: NixError) => Located): Cause[] {
  return errors.flatMap((error) => {
    if (isConsequence(error)) return [];
    const known: KnownError = { kind: 'thrown error', message: error.message.replace(/\s+/g, ' ') };
    const found = located(known, error);
    return found.place === null ? [] : [{ known, error, ...found }];
  });
}

/** Reports that something else failed. */
const isConsequence = ({ message }: NixError): boolean =>
  message === '' ||
  /^\d+ dependenc|Reason: \d+ dependenc|^build of .* failed|^(?:command|program) .* (?:failed|exited)/is.test(message);

function distinct(causes: readonly Cause[]): Cause[] {
  const seen = new Set<string>();
  return causes.filter(({ known, place }) => {
    const key = JSON.stringify([known.kind, known.message, place?.file, place?.line]);
    return seen.has(key) ? false : seen.add(key);
  });
}

/** All paths of files that the output names. */
function pathsIn(lines: readonly string[]): string[] {
  return lines.flatMap((line) => line.match(/\/nix\/store\/[a-z0-9]{32}-[^\s'"`’:»]+/g) ?? []);
}

const noise =
  /^(?:\s*$|(?:evaluation )?warning:|trace: (?:evaluation )?warning:|building '|copying |these \d+|this derivation|this path|\s+\/nix\/store\/|evaluating |unpacking |downloading |• |\[\d+\/\d+)/;

function lastLines(lines: readonly string[]): string[] {
  return lines.filter((line) => !noise.test(line)).slice(-shownLines);
}
