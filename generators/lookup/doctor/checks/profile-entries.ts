import { join } from 'node:path';
import { isTable, textAt } from '../../../json-value.ts';
import { type Check, finding, notApplicable, ok } from '../check.ts';
import { counted, textOf } from '../machine.ts';

/** Of home-manager: the packages of the configuration. */
const declared = /home-manager-path/;

export const profileEntries: Check = {
  id: 'profile-entries',
  severity: 'warning',
  reads: "the manifest of the user's Nix profile",
  run(machine) {
    for (const profile of ['.local/state/nix/profile', '.nix-profile']) {
      const json = textOf(machine, join(machine.home, profile, 'manifest.json'));
      if (json !== undefined) return answer(elementsOf(json), (names) => `nix profile remove ${names.join(' ')}`);
      const nix = textOf(machine, join(machine.home, profile, 'manifest.nix'));
      if (nix !== undefined) {
        const names = [...nix.matchAll(/\bname = "([^"]*)"/g)].map(([, name = '']) => name);
        return answer(names, (entries) => `nix-env --uninstall ${entries.join(' ')}`);
      }
    }
    return notApplicable('the user has no Nix profile');
  },
};

function answer(all: readonly string[], fix: (names: readonly string[]) => string) {
  const names = all.filter((name) => !declared.test(name));
  if (names.length === 0) return ok('the profile has only what the configuration puts there');
  return finding(
    `${counted(names.length, 'package')} installed by nix profile or nix-env, outside of the configuration`,
    names,
    fix(names),
  );
}

/** Version 3 names the elements; before, `nix profile` knew them by their attribute or path. */
function elementsOf(json: string): string[] {
  let elements: unknown;
  try {
    const manifest: unknown = JSON.parse(json);
    elements = isTable(manifest) ? manifest.elements : undefined;
  } catch {
    return [];
  }
  if (isTable(elements)) {
    return Object.entries(elements).map(([name, element]) =>
      declared.test(JSON.stringify(element)) ? 'home-manager-path' : name,
    );
  }
  return (Array.isArray(elements) ? elements : []).map((element) => {
    const [path] = isTable(element) && Array.isArray(element.storePaths) ? element.storePaths : [];
    return textAt(element, 'attrPath') ?? (typeof path === 'string' ? path : '(unknown)');
  });
}
