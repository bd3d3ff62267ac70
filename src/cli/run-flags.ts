/** The options of `inception-lab run`, as the command line gives them. */
export interface RunFlags {
  readonly lesson?: string;
  readonly backend?: string;
  readonly cellTimeout: number;
  readonly allowErrors: boolean;
  readonly output: string;
  readonly serve: boolean;
  readonly port: number;
}

/** What cells find in their environment: the backend, if the user has chosen one. */
export function cellEnvironment({ backend }: RunFlags): Record<string, string> {
  return backend === undefined ? {} : { INCEPTION_LAB_BACKEND: backend };
}
