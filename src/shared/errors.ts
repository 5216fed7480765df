/**
 * A failure that a person can act on. `code` is stable and has words in every language (renderer: `errors.<code>`), `message` is
 * plain English for the command line, `detail` fills the words in.
 */
export class PathlightError extends Error {
  readonly code: string;
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: string, message: string, detail: Readonly<Record<string, string | number>> = {}) {
    super(message);
    this.name = 'PathlightError';
    this.code = code;
    this.detail = detail;
  }
}

/** Thrown where a person asked a long job to stop. */
export class CancelledError extends PathlightError {
  constructor() {
    super('cancelled', 'Stopped as you asked. Nothing was changed.');
    this.name = 'CancelledError';
  }
}
