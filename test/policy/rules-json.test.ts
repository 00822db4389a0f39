import { expect, test } from 'vitest';
import { readyMadeRules } from '../../generators/policy/rules/rules.ts';

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** What `nix/policies.nix` makes the options from. */
test('rules.json has the options of all rules (to renew it: npm run rules)', async () => {
  const options = readyMadeRules.map(({ name, default: value, description, settings = {} }) => [
    name,
    {
      default: value,
      description: oneLine(description),
      settings: Object.fromEntries(
        Object.entries(settings).map(([setting, option]) => [
          setting,
          { ...option, description: oneLine(option.description) },
        ]),
      ),
    },
  ]);
  await expect(`${JSON.stringify(Object.fromEntries(options), null, 2)}\n`).toMatchFileSnapshot(
    '../../generators/policy/rules.json',
  );
});
