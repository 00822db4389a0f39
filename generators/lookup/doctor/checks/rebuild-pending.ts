import { changedFiles } from '../../outdated.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { checkoutOf } from '../checkout.ts';
import { readFlakeLock } from '../flake-lock.ts';
import { counted, firstOf } from '../machine.ts';

export const rebuildPending: Check = {
  id: 'rebuild-pending',
  severity: 'warning',
  reads: 'the .nix files and flake.lock of the checkout, compared with those that the output was made from',
  async run(machine) {
    const found = checkoutOf(machine);
    if ('why' in found) return found.why;
    const { checkout, source } = found;
    if (source.files.length === 0) return notApplicable('the output was made without the source text');
    const known = new Set(source.files.map(({ file }) => file));
    const changed = await changedFiles(
      { ...source, flake: { ...source.flake, checkout } },
      machine.output?.folder ?? checkout,
    );
    // A new file takes effect only where a known one imports it, and git may not know it.
    const files = changed.filter((file) => known.has(file));
    const built = new Map(source.flake.inputs.map(({ name, revision }) => [name, revision]));
    const inputs = (readFlakeLock(checkout)?.direct ?? []).flatMap(({ path, revision }) => {
      const before = built.get(path[0] ?? '');
      return before && revision && before !== revision
        ? [`flake.lock: ${path[0]} ${before.slice(0, 12)} -> ${revision.slice(0, 12)}`]
        : [];
    });
    const evidence = [...files, ...inputs];
    if (evidence.length === 0) return ok('the configuration is that of the last rebuild');
    return finding(
      `${counted(evidence.length, 'change')} since the last rebuild`,
      firstOf(evidence),
      source.rebuildCommand,
    );
  },
};
