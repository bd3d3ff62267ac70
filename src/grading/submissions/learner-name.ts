/** Whose a file is, as a learning platform names what it hands out. */
export interface Owner {
  readonly learner: string;
  /** The platform's own number of the learner or of what was handed in. */
  readonly id?: string;
}

/** `Ada Lovelace_1234567_assignsubmission_file_…`: a folder, or what a file's name begins with. */
const moodle = /^(.+?)_(\d+)_assignsubmission_(?:file|onlinetext)_?/;

/** `lovelaceada_12345_67890_unit-1.ipynb`, `lovelaceada_LATE_12345_67890_unit.ipynb` */
const canvas = /^([^_]+)_(?:LATE_)?(\d+)_(\d+)_(.+)$/;

/**
 * @param path as the platform has named it, with slashes, below the folder or archive
 * @param assignment folders of this name say nothing of whose it is
 */
export function ownerOf(path: string, assignment: string): Owner {
  // Names are printed: none may tell a terminal what to do.
  const steps = path.replace(/\p{C}/gu, '').split('/');
  for (const step of steps) {
    const [, learner, id] = moodle.exec(step) ?? [];
    if (learner && id) return { learner, id };
  }
  const file = steps.pop() ?? '';
  const [, learner, id] = canvas.exec(file) ?? [];
  if (learner && id) return { learner, id };
  const folders = steps.filter((step) => step !== assignment);
  return { learner: folders.at(-1) ?? file.replace(/\.ipynb$/i, '') };
}
