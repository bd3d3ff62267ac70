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
 * Whose a file is by the outermost step of its path, which the teacher or the platform has named:
 * what is further inside has been named by the learner, and may say anything.
 *
 * @param path with slashes, below the folder or archive
 * @param assignment an outermost folder of this name says nothing of whose it is
 */
export function ownerOf(path: string, assignment: string): Owner {
  const [outermost = ''] = belowCommonFolders(path.split('/'), assignment);
  return platformsOwner(outermost) ?? { learner: nameIn(outermost) };
}

/** By the name of a file, folder or archive, if it is as a platform gives it. */
export function platformsOwner(step: string): Owner | undefined {
  const name = nameIn(step);
  const [, learner, id] = moodle.exec(name) ?? canvas.exec(name) ?? [];
  return learner && id ? { learner, id } : undefined;
}

/** nbgrader's `submitted`, and the assignment's folder, where they hold those of learners. */
function belowCommonFolders(steps: readonly string[], assignment: string): readonly string[] {
  let below = steps;
  for (const common of ['submitted', assignment]) {
    if (below.length > 1 && below[0] === common) below = below.slice(1);
  }
  return below;
}

/** Names are printed: none may tell a terminal what to do. */
function nameIn(step: string): string {
  return step.replace(/\p{C}/gu, '').replace(/\.(ipynb|zip)$/i, '');
}
