import type { Dataset, Entity, Group } from 'h5wasm/node';

/** The group of that name, if there is one. */
export function groupIn(group: Group, name: string): Group | undefined {
  const entity = group.get(name);
  return isA('Group', entity) ? (entity as Group) : undefined;
}

/** The data set of that name, if there is one that has a shape. */
export function datasetIn(group: Group, name: string): Dataset | undefined {
  const entity = group.get(name);
  const dataset = isA('Dataset', entity) ? (entity as Dataset) : undefined;
  return dataset?.shape ? dataset : undefined;
}

function isA(type: string, entity: Entity | null): boolean {
  return entity !== null && 'type' in entity && (entity.type as string) === type;
}
