import { plainText } from '../../text.ts';
import type { NixpkgsPackages } from '../read-output.ts';

/** A package that nixpkgs has. */
export interface AvailablePackage {
  attribute: string;
  version?: string;
  /** What nixpkgs refuses it for unless the configuration allows it. */
  marks?: string[];
  description?: string;
}

/** The packages of nixpkgs with this attribute, else with this name, else with this command. */
export function availablePackages(nixpkgs: NixpkgsPackages, text: string): AvailablePackage[] {
  const exact = nixpkgs.named(text);
  if (exact.length > 0) return exact.map(available);
  const named = rows(nixpkgs, new RegExp(`^[^\\t]*\\t${escaped(text)}\\t`, 'im'));
  return named.length > 0 ? named : packagesWithCommand(nixpkgs, text);
}

/** The packages of nixpkgs whose main program has this name. */
export function packagesWithCommand(nixpkgs: NixpkgsPackages, command: string): AvailablePackage[] {
  return rows(nixpkgs, new RegExp(`^(?:[^\\t]*\\t){4}${escaped(command)}\\t`, 'm'));
}

export function availableText({ attribute, version, marks = [], description }: AvailablePackage): string {
  const marked = marks.length > 0 ? ` (${marks.join(', ')})` : '';
  return `  pkgs.${attribute}${version === undefined ? '' : ` ${version}`}${marked}${
    description === undefined ? '' : `: ${plainText(description, 80)}`
  }`;
}

function rows(nixpkgs: NixpkgsPackages, pattern: RegExp): AvailablePackage[] {
  return nixpkgs.matching(pattern).map((at) => available(nixpkgs.rowAt(at)));
}

function available({ attribute, version, marks, description }: ReturnType<NixpkgsPackages['rowAt']>): AvailablePackage {
  return {
    attribute,
    ...(version === '' ? {} : { version }),
    ...(marks === '' ? {} : { marks: marks.split(' ') }),
    ...(description === '' ? {} : { description }),
  };
}

const escaped = (text: string): string => text.replace(/[^\w-]/g, '\\$&');
