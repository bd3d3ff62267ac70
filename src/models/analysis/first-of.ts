/** The first of several, or the one that there is. */
export function firstOf<Item>(items: Item | readonly Item[]): Item {
  const [first] = (Array.isArray(items) ? items : [items]) as readonly Item[];
  if (first === undefined) throw new Error('There is nothing to take the first of.');
  return first;
}
