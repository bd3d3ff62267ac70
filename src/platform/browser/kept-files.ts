import { wrap, type DBSchema, type IDBPDatabase } from 'idb';

/** Files by their names. */
interface Schema extends DBSchema {
  files: { key: string; value: Blob };
}

/** Not the one in which a lesson's page keeps drafts and points. */
const databaseName = 'inception-lab-files';

/**
 * Taken when this is loaded: a page that runs others' code takes `indexedDB` from it afterwards, so
 * that it reaches nothing of the page's, while checkpoints and weights are still kept. Bound, so that
 * nobody who changes its prototype gets hold of it.
 */
const factory = (globalThis as { indexedDB?: IDBFactory }).indexedDB;
const openFactory = factory?.open.bind(factory);

let database: Promise<IDBPDatabase<Schema>> | undefined;

/** @throws Error with a clause that says why the browser keeps nothing. */
async function open(): Promise<IDBPDatabase<Schema>> {
  database ??= openDatabase();
  try {
    return await database;
  } catch (error) {
    database = undefined;
    throw new Error(`this browser keeps no files here (${(error as Error).message})`, {
      cause: error,
    });
  }
}

async function openDatabase(): Promise<IDBPDatabase<Schema>> {
  if (!openFactory) throw new Error('it has no IndexedDB, as in some private windows');
  const request = openFactory(databaseName, 1);
  request.onupgradeneeded = () => request.result.createObjectStore('files');
  const opened = (await wrap(request)) as unknown as IDBPDatabase<Schema>;
  // Another tab with a newer version, or who removes it all, is not kept waiting.
  opened.addEventListener('versionchange', () => {
    opened.close();
    database = undefined;
  });
  return opened;
}

/** `undefined` if there is none of that name. */
export async function keptFile(name: string): Promise<Blob | undefined> {
  return (await open()).get('files', name);
}

export async function isKept(name: string): Promise<boolean> {
  return (await (await open()).count('files', name)) > 0;
}

/** @throws Error with a clause that says why it is not kept. */
export async function keep(name: string, file: Blob): Promise<void> {
  try {
    await (await open()).put('files', file, name);
  } catch (error) {
    if ((error as Error).name !== 'QuotaExceededError') throw error;
    throw new Error(`this browser has no room for another ${file.size} bytes`, { cause: error });
  }
}

/** In one transaction: at no moment is there neither. */
export async function renameKept(from: string, to: string): Promise<void> {
  const transaction = (await open()).transaction('files', 'readwrite');
  const file = await transaction.store.get(from);
  if (!file) throw new Error(`there is no file "${from}"`);
  await transaction.store.put(file, to);
  await transaction.store.delete(from);
  await transaction.done;
}

/** Removes all files whose names begin so. */
export async function removeKeptBelow(start: string): Promise<void> {
  await (await open()).delete('files', IDBKeyRange.bound(start, `${start}\uffff`));
}
