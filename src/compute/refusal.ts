/** Why a backend does not compute here; words for each code are the reader's, `reason` is one English sentence. */
export const REFUSALS = [
  'not-installed',
  'load-failed',
  'no-adapter',
  'no-answer',
  'software-adapter',
  'wrong-numbers',
  'slower',
  'crashed',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export class BackendRefusal extends Error {
  override readonly name = 'BackendRefusal';
  readonly code: RefusalCode;
  readonly detail: Readonly<Record<string, string | number>>;

  constructor(code: RefusalCode, reason: string, detail: Readonly<Record<string, string | number>> = {}) {
    super(reason);
    this.code = code;
    this.detail = detail;
  }
}

const LONGEST = 200;
const MISSING_CODES: ReadonlySet<string> = new Set(['MODULE_NOT_FOUND', 'ERR_MODULE_NOT_FOUND', 'ERR_DLOPEN_FAILED']);
/** tfjs-node's own words where its binding was never built. */
const MISSING_WORDS = /can ?not be found|cannot find module/i;

/** Any failure as a refusal: what native libraries throw is long and has no code. */
export function toRefusal(error: unknown): BackendRefusal {
  if (error instanceof BackendRefusal) return error;
  const words = (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)).trim().slice(0, LONGEST);
  return MISSING_CODES.has((error as NodeJS.ErrnoException | undefined)?.code ?? '') || MISSING_WORDS.test(words)
    ? new BackendRefusal('not-installed', `it is not installed completely (${words})`, { message: words })
    : new BackendRefusal('load-failed', `it does not start (${words})`, { message: words });
}
