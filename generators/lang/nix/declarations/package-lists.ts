/** What may stand before an option's own name: the same option, set from outside. */
const wrappers: readonly (readonly string[])[] = [
  ['config'],
  ['home-manager', 'users', '*'],
  ['home-manager', 'sharedModules'],
  ['flake', 'nixosModules', '*'],
  ['flake', 'homeModules', '*'],
  ['flake', 'modules', '*', '*'],
  ['nixosModules', '*'],
  ['homeModules', '*'],
  ['homeManagerModules', '*'],
  ['nixosConfigurations', '*'],
  ['homeConfigurations', '*'],
  ['specialisation', '*', 'configuration'],
  ['hm'],
];

const development = /^(dev-?shells?|devenv|shells|checks|buildInputs)$/i;
const flakeOutputs = /^(perSystem|outputs|flake|eachSystem|eachDefaultSystem|legacyPackages)$/;
const lists = /^(packages|systemPackages|extraPackages|corePackages|defaultPackages)$/;

/** Takes `config`, `home-manager.users.<name>` and the like off the front. */
export function optionPath(path: readonly string[]): readonly string[] {
  const wrapper = wrappers.find(
    (names) => names.length < path.length && names.every((name, index) => name === '*' || name === path[index]),
  );
  return wrapper === undefined ? path : optionPath(path.slice(wrapper.length));
}

/**
 * The name of the list of packages that an option path ends in (`environment.systemPackages`,
 * `users.users.ann.packages`, `programs.x.extraPackages`), or undefined. Shells for development and
 * lists of what is *not* wanted are none.
 */
export function packageList(path: readonly string[]): string | undefined {
  const own = optionPath(path);
  const last = own.at(-1);
  if (last === undefined || own.length < 2 || own[0] === 'options') return undefined;
  const isFonts = own.at(-2) === 'fonts' && last === 'fonts';
  if (!isFonts && !lists.test(last)) return undefined;
  if (own.some((name) => development.test(name))) return undefined;
  // A home-manager or NixOS module may be nested in something of the user's own making.
  for (const start of ['environment', 'home', 'fonts']) {
    if (own.at(-2) === start) return `${start}.${last}`;
  }
  if (own.at(-3) === 'users' || own.at(-3) === 'extraUsers') return `users.users.${own.at(-2)}.${last}`;
  // What a flake offers to others is not installed here.
  if (own.some((name) => flakeOutputs.test(name))) return undefined;
  return own.join('.');
}
