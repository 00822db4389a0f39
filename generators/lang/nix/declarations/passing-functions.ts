const names = new Set(
  (
    'mkIf optional optionals optionalAttrs mkForce mkDefault mkBefore mkAfter mkOverride mkOrder mkVMOverride mkMerge ' +
    'concatLists flatten unique filter map attrValues'
  ).split(' '),
);

/** Whether a function returns its last argument or parts of it. */
export function isPassingFunction(name: string): boolean {
  return names.has(name);
}
