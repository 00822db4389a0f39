import { UserError } from '../errors.ts';
import { openCheckout } from '../lookup/diagnose/checkout.ts';
import { diagnose } from '../lookup/diagnose/diagnose.ts';
import { diagnosisAnswer } from '../lookup/diagnose/diagnosis-json.ts';
import { diagnosisText } from '../lookup/diagnose/diagnosis-text.ts';
import { findCheckout } from '../lookup/diagnose/find-checkout.ts';
import { openIndex } from '../lookup/diagnose/open-index.ts';
import { readFailedOutput } from '../lookup/diagnose/read-failed-output.ts';
import { sinceLastBuild } from '../lookup/diagnose/since-last-build.ts';
import { terminalLines } from '../lookup/diagnose/terminal-text.ts';
import { defineCommand } from './command.ts';
import { dirOption, jsonOption } from './look-up-options.ts';

export const command = defineCommand({
  name: 'diagnose',
  usage: '[--root DIR] [--json] [--dir DIR] [FILE]',
  description: `
The cause of a failed rebuild in your own files: kind of error, file, line and option, when the line last changed and
in which commit, what changed since the last rebuild, and what to do. Reads the output of nix, nixos-rebuild,
home-manager, darwin-rebuild or nh, with or without colours and traces, from FILE or standard input:

  nixos-rebuild build --flake . 2>&1 | nixos-intelligence diagnose

Asks neither Nix nor the network; changes nothing. The linked index adds new names of options and similar names; it
works without it. Exit status 1: no error is recognised; the last lines of the output are printed.`,
  options: {
    root: { type: 'string', value: 'DIR', help: 'the checkout of the configuration' },
    ...jsonOption,
    ...dirOption,
  },
  async run({ values, positionals }) {
    const [file, ...more] = positionals;
    if (more.length > 0)
      throw new UserError('usage', 'expected one FILE at most', { hint: 'nixos-intelligence diagnose --help' });
    const lines = terminalLines(await readFailedOutput(file));
    const index = openIndex(values.dir);
    const linked = index?.source.flake.checkout ?? null;
    const checkout = values.root === undefined ? findCheckout(lines, process.cwd(), linked) : openCheckout(values.root);
    const answer = await diagnosisAnswer(diagnose(lines, checkout, index), checkout, index);
    const since = checkout === null || answer.causes.length === 0 ? null : await sinceLastBuild(checkout, index);
    if (since !== null) answer.sinceLastBuild = since;
    process.stdout.write(values.json ? `${JSON.stringify(answer, null, 2)}\n` : diagnosisText(answer));
    return answer.causes.length > 0 ? 0 : 1;
  },
});
