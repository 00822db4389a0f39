import { readFileSync } from 'node:fs';
import { NixFailure, nixEval } from '../../evidence/flake/nix.ts';
import { attributeNames } from '../../evidence/flake/nix-answers.ts';
import { shippedFile } from '../../shipped-file.ts';
import { type Facts, facts } from './facts.ts';

/** A configuration of a flake. */
export interface Host {
  kind: 'nixosConfigurations' | 'homeConfigurations';
  name: string;
}

/** What is asked about each configuration. */
export interface Questions {
  packages: readonly string[];
  lists: readonly string[];
  options: readonly string[];
  edited: readonly string[];
  hasOurs: boolean;
}

/** The hosts and homes of a flake in a folder. */
export async function hostsIn(folder: string, options: readonly string[]): Promise<Host[]> {
  const found: Host[] = [];
  for (const kind of ['nixosConfigurations', 'homeConfigurations'] as const) {
    const names = await nixEval(`path:${folder}#.${kind}`, 'builtins.attrNames', attributeNames, [
      '--no-write-lock-file',
      ...options,
    ]).catch((error: unknown) => {
      if (error instanceof NixFailure && /does not provide attribute/.test(error.stderr)) return [];
      throw error;
    });
    found.push(...names.map((name) => ({ kind, name })));
  }
  return found;
}

/**
 * The facts of a configuration.
 *
 * @throws NixFailure if it does not evaluate
 */
export async function evaluateFacts(
  folder: string,
  { kind, name }: Host,
  questions: Questions,
  options: readonly string[],
): Promise<Facts> {
  const ask = (readsValues: boolean): Promise<Facts> =>
    nixEval(`path:${folder}#.${kind}.${JSON.stringify(name)}`, factsOf({ ...questions, readsValues }), facts, [
      '--no-write-lock-file',
      ...options,
    ]);
  try {
    return await ask(true);
  } catch (error) {
    // Reading a value may end the evaluation in a way that Nix cannot catch; the derivation may still evaluate.
    if (!(error instanceof NixFailure) || !error.stderr.includes("while evaluating attribute 'values'")) throw error;
    return ask(false);
  }
}

function factsOf(args: Questions & { readsValues: boolean }): string {
  const text = readFileSync(shippedFile('edit/proof/facts.nix'), 'utf8');
  return `(${text}) (builtins.fromJSON ${nixString(JSON.stringify(args))})`;
}

const nixString = (text: string): string => JSON.stringify(text).replaceAll('${', '\\${');
