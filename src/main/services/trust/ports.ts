/** Which model speaks, from when on. */
export interface ModelUse {
  /** Null: the shipped starter. */
  readonly modelId: string | null;
  readonly since: number;
  /** It speaks of answers that imports after this number bring. */
  readonly afterImport: number;
  readonly reason: 'trained' | 'switched' | 'added';
}

/** A plan as it was handed out. */
export interface KeptPlan {
  readonly number: number;
  readonly studentId: string;
  readonly modelId: string | null;
  readonly createdAt: number;
  /** The newest import that it had seen; 0 for none. */
  readonly afterImport: number;
  /** The plan as JSON. */
  readonly content: string;
}

/** An answer by its place among the student's answers, a mark by its question's id. */
export type AnswerKey = number | string;

/** What was forecast of one student's answers before an import brought them. */
export interface ForecastRecord {
  readonly importNumber: number;
  readonly studentId: string;
  /** Answers that the forecasts rest on. */
  readonly known: number;
  readonly forecasts: readonly (readonly [key: AnswerKey, probability: number])[];
}

export interface RecordedImport {
  readonly number: number;
  readonly modelId: string | null;
  /** When the import came in. */
  readonly at: number;
  readonly file: string;
  readonly undone: boolean;
}

/** How the gain that plans expect compares with what then happened: both numbers without unit. */
export interface StoredFactor {
  readonly value: number;
  readonly standardError: number;
}

export interface TrustReader {
  /** Oldest first; empty where only the starter ever spoke. */
  modelUses(): readonly ModelUse[];
  /** Imports whose answers were held against forecasts, oldest first. */
  recordedImports(): readonly RecordedImport[];
  /** Of imports that still stand. */
  forecastRecords(): readonly ForecastRecord[];
  /** Students with answers or marks of each import after this number, by import number. */
  studentsOfImports(after: number): ReadonlyMap<number, readonly string[]>;
  /** Null where expected gains are as the model makes them. */
  gainFactor(): StoredFactor | null;
}

export interface TrustWriter {
  /** Takes a model into use; null: the starter. */
  useModel(modelId: string | null, at: number): void;
  /** Notes that a model's files are gone. */
  markModelRemoved(modelId: string, at: number): void;
  /** Keeps the forecasts of one import's answers; once for each import. */
  recordForecasts(importNumber: number, modelId: string | null, at: number, records: readonly ForecastRecord[]): void;
  setGainFactor(factor: StoredFactor | null): void;
}
