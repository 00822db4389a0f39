import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readEvidence } from '../../../generators/evidence/read-evidence.ts';
import { readSources } from '../../../generators/evidence/read-sources.ts';
import { checkAliases } from '../../../generators/lookup/check/check-aliases.ts';
import { checkContext } from '../../../generators/lookup/check/check-context.ts';
import { openCheckout } from '../../../generators/lookup/check/checkout.ts';
import { knownFacts } from '../../../generators/lookup/check/known-facts.ts';
import { knownOptions } from '../../../generators/lookup/check/known-options.ts';
import { publicHostFlake, publicHostInputs, requiresPublicHost } from '../../nix/public-host.ts';
import { nix } from '../../nix/world.ts';
import { requiresClone } from '../../requires.ts';

const missing = requiresPublicHost();
const clone = requiresClone('nixos-config');
const scratch = mkdtempSync(join(tmpdir(), 'check-host-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe(`jacopone/nixos-config, its CLAUDE.md and its abbreviations${missing.why}`, () => {
  test.skipIf(missing.missing)(
    'stale statements',
    async () => {
      const url = publicHostFlake(scratch);
      const folder = await nix(['build', '--no-link', '--print-out-paths', `${url}#built.evidence`], publicHostInputs);
      const { evidence } = readEvidence(folder);
      const facts = knownFacts(evidence);
      const text = readFileSync(join(clone.path, 'CLAUDE.md'), 'utf8');
      const place = join(clone.path, 'CLAUDE.md');
      const option = knownOptions(evidence, await readSources(clone.path));
      const checkout = openCheckout(clone.path);
      const messages = checkContext(text, 'CLAUDE.md', { facts, checkout, place, option }).map(
        ({ line, message }) => `${line}: ${message}`,
      );
      expect(messages).toContainEqual(expect.stringMatching(/`Kitty` is mentioned but not installed/));
      expect(evidence.evaluated.aliases.filter(({ kind }) => kind === 'abbreviation')).toHaveLength(58);
      // `bugs` and `ideas` run functions that the configuration installs itself.
      expect(checkAliases(evidence).map(({ message }) => /`([^`]+)`/.exec(message)?.[1])).toEqual(
        expect.arrayContaining(['csvcat', 'dbcli', 'mlr', 'sk', 'top']),
      );
      expect(checkAliases(evidence)).toHaveLength(5);
    },
    900_000,
  );
});
