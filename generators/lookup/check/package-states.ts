import * as z from 'zod';
import type { Configuration } from '../../evidence/flake/configuration.ts';
import { NixFailure, nixEval } from '../../evidence/flake/nix.ts';

/** Whether the packages of a configuration have an attribute; `removed` has the message of nixpkgs. */
export type PackageState = { state: 'there' | 'absent' } | { state: 'removed'; message: string };

const answer = z.record(z.string(), z.enum(['there', 'absent', 'throws']));

/** More messages are not asked for: each is an evaluation. */
const mostMessages = 12;

/**
 * Looks attribute paths up in the packages of an evaluated configuration, its overlays included.
 *
 * @param attributes `kdePackages.okular`
 * @throws UserError `nix` where the configuration does not evaluate
 */
export async function packageStates(
  asked: Configuration,
  attributes: readonly string[],
  options: readonly string[],
): Promise<Map<string, PackageState>> {
  if (attributes.length === 0) return new Map();
  const find = async (kind: Configuration['kind']) => {
    const configuration = `${asked.flake}#.${kind}.${JSON.stringify(asked.name)}`;
    return { configuration, states: await nixEval(configuration, lookUp(attributes), answer, options) };
  };
  // `FLAKE#ann` may be a host or a home.
  const other = asked.kind === 'nixosConfigurations' ? 'homeConfigurations' : 'nixosConfigurations';
  const { configuration, states } = await find(asked.kind).catch((error: unknown) => {
    if (error instanceof NixFailure && error.stderr.includes('does not provide attribute')) return find(other);
    throw error;
  });
  const found = new Map<string, PackageState>();
  let messages = 0;
  for (const [attribute, state] of Object.entries(states)) {
    if (state !== 'throws') found.set(attribute, { state });
    else if (messages++ < mostMessages) {
      const message = await messageOf(configuration, attribute, options);
      if (message !== null) found.set(attribute, { state: 'removed', message });
    }
  }
  return found;
}

function lookUp(attributes: readonly string[]): string {
  const paths = attributes.map((attribute) => `${nixString(attribute)} = [ ${namesOf(attribute)} ];`);
  return `c: let
    find = set: path:
      if path == [ ] then builtins.seq set "there"
      else if builtins.isAttrs set && set ? \${builtins.head path} then find set.\${builtins.head path} (builtins.tail path)
      else "absent";
    state = path: let found = builtins.tryEval (find c.pkgs path); in if found.success then found.value else "throws";
  in builtins.mapAttrs (_: state) { ${paths.join(' ')} }`;
}

/** The message of a package that throws, which says why it was removed; null where it is something else. */
async function messageOf(configuration: string, attribute: string, options: readonly string[]): Promise<string | null> {
  const path = attribute.split('.').map(nixString).join('.');
  try {
    await nixEval(configuration, `c: builtins.seq c.pkgs.${path} null`, z.null(), options);
    return null;
  } catch (error) {
    if (!(error instanceof NixFailure)) throw error;
    const lines = error.stderr.split('\n').flatMap((line) => /^\s*error: (.+)$/.exec(line)?.[1] ?? []);
    return lines.at(-1) ?? null;
  }
}

const namesOf = (attribute: string): string => attribute.split('.').map(nixString).join(' ');
const nixString = (text: string): string => JSON.stringify(text).replaceAll('${', '\\${');
