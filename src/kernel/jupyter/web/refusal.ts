/** Why a request is not done: a status of HTTP's, and a sentence for whoever asked. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}
