import { expect, test } from 'vitest';
import { readyMadeRules } from '../../generators/policy/rules/rules.ts';

/** Without the indentation of the source. */
const lines = (text: string): string => text.trim().replace(/\n +/g, '\n');

/** What `nix/policies.nix` makes the options from. */
test('rules.json has the options of all rules (to renew it: npm run rules)', async () => {
  const options = readyMadeRules.map(({ name, default: value, description, settings = {} }) => [
    name,
    {
      default: value,
      description: lines(description),
      settings: Object.fromEntries(
        Object.entries(settings).map(([setting, option]) => [
          setting,
          { ...option, description: lines(option.description) },
        ]),
      ),
    },
  ]);
  await expect(`${JSON.stringify(Object.fromEntries(options), null, 2)}\n`).toMatchFileSnapshot(
    '../../generators/policy/rules.json',
  );
});
