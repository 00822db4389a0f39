import { existsSync } from 'node:fs';
import { type Checkout, isConfiguration, openCheckout } from './checkout.ts';
import { localFolder } from './own-file.ts';

/**
 * The configuration that an output of Nix is about: the flake that Nix calls dirty; else, of the folder in which the
 * command is run, the checkout of the linked index, /etc/nixos and local flakes in the output, the first that has a
 * file which the output names, else the first of all.
 *
 * @returns null where there is none on this machine
 */
export function findCheckout(lines: readonly string[], current: string, linked: string | null): Checkout | null {
  const text = lines.join('\n');
  const named = /(?:Git tree|in the repository|in Git repository) ['"](\/[^'"\n]+)['"]/g;
  const [dirty] = [...text.matchAll(named)].map(([, folder = '']) => folder).filter(isConfiguration);
  if (dirty !== undefined) return openCheckout(dirty);
  const urls = [...text.matchAll(/(?:git\+file:\/\/|path:)\/[^\s'"»]+/g)].map(([url]) => localFolder(url));
  const checkouts = [
    ...[current, linked, '/etc/nixos']
      .filter((folder) => folder !== null)
      .filter(isConfiguration)
      .map(openCheckout),
    // Inputs of a flake may be local, too.
    ...[...new Set(urls)]
      .filter((folder) => folder !== null)
      .filter(isConfiguration)
      .map(openCheckout)
      .filter((checkout) => /(?:nixos|home|darwin)Configurations/.test(checkout.read('flake.nix') ?? '')),
  ];
  const files = new Set(
    [...text.matchAll(/(?:\/nix\/store\/[a-z0-9]{32}-[^/\s]+|»)\/([^\s'"`’:]+\.nix)/g)].map(([, file = '']) => file),
  );
  const isNamed = ({ root }: Checkout): boolean =>
    text.includes(`${root}/`) || [...files].some((file) => existsSync(`${root}/${file}`));
  return checkouts.find(isNamed) ?? checkouts[0] ?? null;
}
