import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { isTable, items, itemsAt, objectAt, type Table, textAt } from '../../../json-value.ts';
import { canonical } from '../../../order.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { type Machine, textOf } from '../machine.ts';

export const codexTrust: Check = {
  id: 'codex-trust',
  severity: 'error',
  reads: 'the hooks in ~/.codex/hooks.json and their approvals in ~/.codex/config.toml',
  run(machine) {
    const folder = machine.env.CODEX_HOME || join(machine.home, '.codex');
    const file = join(folder, 'hooks.json');
    const hooks = hooksOf(textOf(machine, file), file).filter(({ command }) => command.includes('nixos-intelligence'));
    if (hooks.length === 0) return notApplicable('Codex has no hook of ours');
    const trusted = approvals(machine, join(folder, 'config.toml'));
    const untrusted = hooks.filter(({ key, hash }) => textAt(objectAt(trusted, key), 'trusted_hash') !== hash);
    if (untrusted.length === 0) return ok('Codex trusts the policy hook');
    return finding(
      'Codex ignores the policy hook until you trust it, again after each change of the policies',
      untrusted.map(({ key }) => key),
      'start codex, type /hooks and trust the hook',
    );
  },
};

/** Each hook with its key and hash in Codex 0.171.0: SHA-256 of its sorted, complete JSON. */
function hooksOf(text: string | undefined, file: string): { key: string; hash: string; command: string }[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? '');
  } catch {
    return [];
  }
  return Object.entries(objectAt(parsed, 'hooks') ?? {}).flatMap(([event, groups]) => {
    const name = event.replace(/(?<!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
    return items(groups).flatMap((group, at) =>
      itemsAt(group, 'hooks').flatMap((hook, index) => {
        const command = textAt(hook, 'command');
        if (command === undefined || !isTable(hook)) return [];
        const { timeout = 600, async = false, statusMessage } = hook;
        const matcher = textAt(group, 'matcher');
        const identity = {
          event_name: name,
          ...(matcher === undefined ? {} : { matcher }),
          hooks: [
            { type: 'command', command, timeout, async, ...(statusMessage === undefined ? {} : { statusMessage }) },
          ],
        };
        const sorted = JSON.stringify(canonical(JSON.parse(JSON.stringify(identity))));
        const hash = `sha256:${createHash('sha256').update(sorted).digest('hex')}`;
        return [{ key: `${file}:${name}:${at}:${index}`, hash, command }];
      }),
    );
  });
}

function approvals(machine: Machine, file: string): Table {
  try {
    return objectAt(objectAt(parse(textOf(machine, file) ?? ''), 'hooks'), 'state') ?? {};
  } catch {
    return {};
  }
}
