/** A file that comes with the course. */
export interface CourseFile {
  /** Under which a web server has it, in the folder of the course's files. */
  readonly name: string;
  /** In the package. */
  readonly path: string;
  /** Default: this one. */
  readonly package?: string;
}
