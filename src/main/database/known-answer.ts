/** An answer as the gradebook holds it; question and set by their row numbers. */
export interface KnownAnswer {
  readonly position: number;
  readonly question: number;
  readonly set: number;
  readonly correct: number;
  readonly answered_at: number | null;
  readonly response_time_ms: number | null;
  readonly attempt: number | null;
  readonly hint: number | null;
}
