import { expect, test } from 'vitest';
import { textOfManual, withoutRoles } from '../generators/manual-text.ts';

test.each([
  [
    'Whether to enable the [Tailscale](https://tailscale.com) client daemon.',
    'Whether to enable the Tailscale client daemon.',
  ],
  [
    'Whether to enable {command}`docker`, see {option}`virtualisation.docker.rootless`',
    'Whether to enable docker, see virtualisation.docker.rootless',
  ],
  ['Not `{file}` nor {braces}', 'Not {file} nor {braces}'],
  ['Some *emphasis* and **more**.\n\nA second paragraph.', 'Some emphasis and more. A second paragraph.'],
  ['- one\n- two', 'one two'],
  ['`a_b_c`, snake_case_name and `*.nix`, an \\*asterisk\\*', 'a_b_c, snake_case_name and *.nix, an *asterisk*'],
  ['See <https://example.org/a_b_c> and <b>this</b>', 'See https://example.org/a_b_c and this'],
  ['::: {.note}\nNot with `services.a`.\n:::', 'Not with services.a.'],
])('the text of %j', (markdown, text) => {
  expect(textOfManual(markdown)).toBe(text);
});

test('without roles, code spans and links without a text stay', () => {
  const markdown = 'Sets {option}`users.users` as the [wiki](https://example.org) says; see [](#opt-users.users).';
  expect(withoutRoles(markdown)).toBe('Sets `users.users` as the wiki says; see [](#opt-users.users).');
});
