import { replaceFile } from '#platform';
import { fileType, type ShownFile } from '../../notebook/shown-file.js';
import { notebookDisplay } from './notebook-display.js';
import { cannotWrite } from '../../platform/cannot-write.js';

/**
 * Writes a text into a file, with the folders that it needs. A browser keeps it under that name, and
 * the course's pages show a link with which it is saved from there.
 *
 *     await saveFile('results/report.html', page);
 *
 * @throws Error that names the file and says why it cannot be written.
 */
export async function saveFile(path: string, text: string): Promise<void> {
  const bytes = new TextEncoder().encode(text);
  try {
    await replaceFile(path, once(bytes));
  } catch (error) {
    throw cannotWrite(`"${path}"`, error);
  }
  const said = `Wrote ${path}.`;
  const display = notebookDisplay();
  if (!display) {
    console.log(said);
    return;
  }
  const file: ShownFile = { name: path.replace(/^.*[\\/]/, ''), text };
  display({ data: { [fileType]: file, 'text/plain': said }, metadata: {}, transient: {} });
}

// eslint-disable-next-line @typescript-eslint/require-await -- a stream of one chunk
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
