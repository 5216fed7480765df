import type { StudentProfile } from '../../shared/domain.ts';
import { choleskySolve } from './linear-algebra.ts';

/** One number of a student's profile, as the model reads it. */
export type ProfileColumn =
  | {
      readonly area: keyof StudentProfile;
      readonly field: string;
      readonly kind: 'number';
      readonly mean: number;
      readonly deviation: number;
    }
  | {
      readonly area: keyof StudentProfile;
      readonly field: string;
      readonly kind: 'value';
      readonly value: string;
      readonly share: number;
    };

const AREAS = ['background', 'preference', 'behaviour'] as const;
/** At most this many columns, those that most students have. */
const MOST_COLUMNS = 12;
/** A column counts when at least this share of the students has it, and at least this share differs from the rest. */
const COVERED = 0.3;
const RARE = 0.05;
/** Below this number of students no profile is read: chance would speak. */
export const FEWEST_FOR_PROFILE = 20;

/** Numbers are standardised; texts become one column for each frequent value. In a fixed order: the same roster gives the same columns. */
export function chooseProfileColumns(profiles: readonly (StudentProfile | undefined)[]): ProfileColumn[] {
  if (profiles.length < FEWEST_FOR_PROFILE) return [];
  const found: { readonly column: ProfileColumn; readonly coverage: number }[] = [];
  for (const area of AREAS) {
    const fields = new Set(profiles.flatMap((profile) => Object.keys(profile?.[area] ?? {})));
    for (const field of [...fields].sort()) {
      const values = profiles.map((profile) => profile?.[area][field]).filter((value) => value !== undefined);
      const coverage = values.length / profiles.length;
      if (coverage < COVERED) continue;
      const numbers = values.filter((value) => typeof value === 'number');
      if (numbers.length > values.length / 2) {
        const mean = numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
        const deviation = Math.sqrt(numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / numbers.length);
        if (deviation > 1e-9) found.push({ column: { area, field, kind: 'number', mean, deviation }, coverage });
        continue;
      }
      const counts = new Map<string, number>();
      for (const value of values) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
      const frequent = [...counts].map(([value, count]) => ({ value, share: count / values.length }));
      // The last of several values is told by the others.
      const kept = frequent
        .filter(({ share }) => share >= RARE && share <= 1 - RARE)
        .sort((a, b) => b.share - a.share || (a.value < b.value ? -1 : 1));
      for (const { value, share } of kept.length === frequent.length && kept.length > 1 ? kept.slice(0, -1) : kept)
        found.push({ column: { area, field, kind: 'value', value, share }, coverage: coverage * Math.min(share, 1 - share) * 2 });
    }
  }
  return found
    .sort((a, b) => b.coverage - a.coverage)
    .slice(0, MOST_COLUMNS)
    .map(({ column }) => column);
}

/** A profile as standardised numbers, [columns]; what is missing counts as the average. */
export function encodeProfile(columns: readonly ProfileColumn[], profile: StudentProfile | undefined): Float64Array {
  return Float64Array.from(columns, (column) => {
    const value = profile?.[column.area][column.field];
    if (value === undefined) return 0;
    if (column.kind === 'number') return typeof value === 'number' ? clampSpread((value - column.mean) / column.deviation) : 0;
    return ((String(value) === column.value ? 1 : 0) - column.share) / Math.sqrt(column.share * (1 - column.share));
  });
}

/** A mistyped age must not send a student out of the world. */
const clampSpread = (value: number): number => Math.max(-4, Math.min(4, value));

/**
 * How abilities go with profiles: ridge regression, its strength chosen by the Bayesian information criterion (Schwarz 1978) over effective
 * degrees of freedom. Fields that say nothing are shrunk to next to nothing: cross-validation would let chance in more easily.
 * @param encoded [students][columns]
 * @param ability [students], in logits
 * @returns [columns], logits per standard deviation
 */
export function fitProfileEffects(encoded: readonly Float64Array[], ability: ArrayLike<number>): Float64Array {
  const columns = encoded[0]?.length ?? 0;
  const count = encoded.length;
  if (columns === 0) return new Float64Array(0);
  const mean = Array.from(ability).reduce((sum, value) => sum + value, 0) / count;
  const gram = new Float64Array(columns * columns);
  const cross = new Float64Array(columns);
  encoded.forEach((row, student) => {
    for (let i = 0; i < columns; i++) {
      cross[i]! += row[i]! * (ability[student]! - mean);
      for (let j = 0; j < columns; j++) gram[i * columns + j]! += row[i]! * row[j]!;
    }
  });
  let best: { score: number; effects: Float64Array } = { score: Number.POSITIVE_INFINITY, effects: new Float64Array(columns) };
  for (const strength of [1, 3, 10, 30, 100, 300, 1000, 1e5]) {
    const matrix = Float64Array.from(gram);
    for (let i = 0; i < columns; i++) matrix[i * columns + i]! += strength;
    const effects = choleskySolve(matrix, cross, columns);
    let squares = 0;
    encoded.forEach((row, student) => {
      let forecast = mean;
      for (let i = 0; i < columns; i++) forecast += row[i]! * effects[i]!;
      squares += (ability[student]! - forecast) ** 2;
    });
    let freedom = 1;
    for (let i = 0; i < columns; i++) {
      const unit = new Float64Array(columns);
      for (let j = 0; j < columns; j++) unit[j] = gram[j * columns + i]!;
      freedom += choleskySolve(matrix, unit, columns)[i]!;
    }
    const score = count * Math.log(squares / count) + Math.log(count) * freedom;
    if (score < best.score) best = { score, effects };
  }
  return best.effects;
}
