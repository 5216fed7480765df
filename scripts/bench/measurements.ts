import { adaptation } from './adaptation.ts';
import { firstScreen } from './first-screen.ts';
import { importing } from './importing.ts';
import type { Measurement } from './measurement.ts';
import { metaTraining } from './meta-training.ts';
import { planning } from './planning.ts';
import { referenceStep } from './reference-step/measure.ts';

/** All that the benchmark measures, in the table's order. */
export const MEASUREMENTS: readonly Measurement[] = [referenceStep, metaTraining, adaptation, planning, importing, firstScreen];
