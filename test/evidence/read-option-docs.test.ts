import { expect, test } from 'vitest';
import { readOptionDocs } from '../../generators/evidence/read-option-docs.ts';

const planted = 'gartenzaun99';
const file = 'modules/lamp.nix';
const text = `{ lib, pkgs, ... }: {
  imports = [ (lib.mkRemovedOptionModule [ "lamp" "old" ] "the token was ${planted}") ];
  options.lamp = {
    enable = lib.mkEnableOption "the lamp at ${planted}";
    token = lib.mkOption {
      type = lib.types.str; # ${planted}
      default = "${planted}";
      example = "${planted}";
      description = "Not ${planted}.";
    };
    color = lib.mkOption {
      type = lib.types.enum [ "${planted}" ''${planted}'' ];
      default = ''${planted}'';
    };
    computed = lib.mkOption { type = lib.types.int; default = builtins.stringLength "${planted}"; };
    level = lib.mkOption { type = lib.types.int; default = 7; };
    package = lib.mkOption { type = lib.types.package; default = pkgs.hello; defaultText = "${planted}"; };
  };
}
`;

test('the texts of own options stay in their file; what a default may hold is shown', async () => {
  const docs = await readOptionDocs([], [{ file, text }]);
  expect(JSON.stringify(docs)).not.toContain(planted);
  expect(docs.renamed).toEqual([{ name: 'lamp.old', scope: 'system', to: null, message: null }]);
  expect(docs.options.map(({ name, type, default: value }) => [name, type, value])).toEqual([
    ['lamp.color', 'lib.types.enum [ … … ]', undefined],
    ['lamp.computed', 'lib.types.int', undefined],
    ['lamp.enable', 'boolean', 'false'],
    ['lamp.level', 'lib.types.int', '7'],
    ['lamp.package', 'lib.types.package', undefined],
    ['lamp.token', 'lib.types.str', undefined],
  ]);
  expect(docs.options.every(({ declaredIn }) => declaredIn[0]?.file === file)).toBe(true);
});

test('what is missing comes with the reason and the way to get it', async () => {
  const home = { scope: 'home', modules: '', prefix: 'home-manager/modules' } as const;
  const none = await readOptionDocs([{ ...home, json: '' }], []);
  expect(none.missing).toEqual([
    {
      what: 'the options of home-manager',
      why: 'the configuration has neither the manual that lists them nor a Nix to evaluate them',
      advice: 'set manual.manpages.enable = true or nix.package = pkgs.nix, and rebuild',
    },
  ]);
  const failed = await readOptionDocs([{ ...home, json: '/nonexistent/options.json' }], []);
  expect(failed.missing.map(({ why }) => why)).toEqual(['their evaluation failed']);
});
