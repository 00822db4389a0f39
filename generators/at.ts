/**
 * The item at an index that the caller knows to exist.
 *
 * @throws RangeError where there is none
 */
export function at<Item>(list: ArrayLike<Item>, index: number): Item {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no item at ${index} of ${list.length}`);
  return item;
}
