import type { SheetLabels } from '../../../shared/contract/plans.ts';
import { escapeHtml } from './html.ts';
import type { PlanSheet } from './sheet.ts';

/** Whose sheet it is, and the number by which it is found again. */
export const whoLine = ({ studentName, number }: PlanSheet, labels: SheetLabels): string =>
  `<p class="who">${escapeHtml(studentName)}${number === undefined ? '' : ` <span class="number">${escapeHtml(labels.number)} ${number}</span>`}</p>`;
