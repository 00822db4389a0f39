import { expect, test } from 'vitest';
import { packageRenames } from '../../../generators/lang/nix/package-renames.ts';

test('former names with a remark or a warning, not removed names and those that stay', () => {
  const text = `lib: self: super:
with self;
let
  mapAliases = aliases: lib.mapAttrs (n: alias: alias) aliases;
  warnAlias = msg: lib.warn msg;
in
mapAliases {
  dust-old = dust; # Added 2025-10-01
  catfish = xfce.catfish; # Converted to throw 2025-10-27
  loud = warnAlias "'loud' was renamed to 'quiet'" quiet;
  gone = throw "gone was removed"; # Added 2025-10-01
  stays = other; # preserve, reason: a name of Debian, added 2020-01-01
  convenient = lib.lowPrio other; # added 2020-01-01
  plain = other;
}`;
  expect([...packageRenames(text)]).toEqual([
    ['dust-old', 'dust'],
    ['catfish', 'xfce.catfish'],
    ['loud', 'quiet'],
  ]);
});
