import type { Platform } from '../platform.js';
import { courseFolder } from './course-folder.js';

/** @throws Error that says what to do, in a worker that does not know its page. */
export const courseFile: Platform['courseFile'] = ({ name }) => {
  try {
    return new URL(name, courseFolder());
  } catch (error) {
    throw new Error(
      `Cannot locate "${name}": give the address with courseFilesAt('https://…/course/').`,
      { cause: error },
    );
  }
};
