import type { Dataset, Entity, File, Group } from 'h5wasm/node';

/** What of the HDF5 library is used here. */
export interface Hdf5 {
  readonly open: (path: string) => File;
  /**
   * Calls the library so that its errors are thrown; by itself it prints them, and goes on.
   *
   * @throws Error with a clause that says what is wrong.
   */
  readonly attempt: <T>(call: () => T) => T;
}

/** Loads the library, 4 MB, when it is first needed. */
export async function loadHdf5(): Promise<Hdf5> {
  const { File, ready } = await import('h5wasm/node');
  const library = await ready;
  const attempt = <T>(call: () => T): T => {
    library.activate_throwing_error_handler();
    try {
      return call();
    } catch (error) {
      throw new Error(reasonOf(error as Error), { cause: error });
    } finally {
      library.deactivate_throwing_error_handler();
    }
  };
  return { open: (path) => attempt(() => new File(path, 'r')), attempt };
}

/** The library prints the calls that failed, from the outermost to the one that says why. */
function reasonOf({ message }: Error): string {
  const reason = message
    .match(/minor: .+/g)
    ?.at(-1)
    ?.slice('minor: '.length);
  return reason === undefined ? message : `HDF5 says "${reason}"`;
}

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
