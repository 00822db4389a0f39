import { hostname } from 'node:os';
import { UserError } from '../errors.ts';
import { plainText, visible } from '../text.ts';
import type { Source } from './index/source.ts';
import { changedFiles } from './outdated.ts';
import { type OutputReader, outputReader } from './read-output.ts';

const shownFiles = 3;

/**
 * The output that a look-up in the index reads. Says on standard error when the checkout has changed since.
 *
 * @param dir see {@link outputReader}
 * @throws UserError `no-data` without an index, or where the linked output describes another host
 */
export async function openOutput(dir: string | undefined): Promise<OutputReader & { source: Source }> {
  const output = outputReader(dir);
  const source = output.read('source');
  if (dir === undefined && !isOfHost(source, hostname())) {
    throw new UserError(
      'no-data',
      `expected the output of this host, \`${visible(hostname())}\`, got that of \`${visible(source.host ?? '')}\``,
      { hint: 'rebuild this host with programs.nixos-intelligence enabled; --dir DIR reads the other output' },
    );
  }
  const changed = await changedFiles(source, output.folder);
  if (changed.length > 0) {
    const shown = changed.slice(0, shownFiles).map((file) => plainText(file, 100));
    const rest = changed.length - shown.length;
    console.error(
      `nixos-intelligence: ${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} changed since the last rebuild; ` +
        'this describes the state before',
    );
  }
  return { ...output, source };
}

/** Whether an output describes this host; one of a standalone home may be used on any. */
export function isOfHost({ host }: Pick<Source, 'host'>, name: string): boolean {
  return host === null || shortName(host) === shortName(name);
}

const shortName = (host: string): string => host.split('.', 1)[0]?.toLowerCase() ?? host;
