/** Prefixes with which a module sets the same option from outside. */
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

/** Removes prefixes such as `config` and `home-manager.users.<name>`. */
export function optionPath(path: readonly string[]): readonly string[] {
  const wrapper = wrappers.find(
    (names) => names.length < path.length && names.every((name, index) => name === '*' || name === path[index]),
  );
  return wrapper === undefined ? path : optionPath(path.slice(wrapper.length));
}

/**
 * The name of the list of packages that an option path ends in (`environment.systemPackages`,
 * `users.users.ann.packages`, `programs.x.extraPackages`), or undefined. Development shells and lists of
 * excluded packages do not count.
 */
export function packageList(path: readonly string[]): string | undefined {
  const own = optionPath(path);
  const last = own.at(-1);
  if (last === undefined || own.length < 2 || own[0] === 'options') return undefined;
  const isFonts = own.at(-2) === 'fonts' && last === 'fonts';
  if (!isFonts && !lists.test(last)) return undefined;
  if (own.some((name) => development.test(name))) return undefined;
  // A home-manager or NixOS module may be nested in the user's own attributes.
  for (const start of ['environment', 'home', 'fonts']) {
    if (own.at(-2) === start) return `${start}.${last}`;
  }
  if (own.at(-3) === 'users' || own.at(-3) === 'extraUsers') return `users.users.${own.at(-2)}.${last}`;
  // The outputs of a flake are not installed here.
  if (own.some((name) => flakeOutputs.test(name))) return undefined;
  return own.join('.');
}
