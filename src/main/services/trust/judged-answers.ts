import type { GradebookReader, StudentHistory } from '../ports.ts';
import type { JudgedAnswer } from './compare-forecasts.ts';
import { keyOf } from './prequential.ts';
import type { AnswerKey } from './ports.ts';

/**
 * What was forecast, beside what came: outcomes as they count now, so that a corrected mark or a changed key is held against what was forecast of it. What
 * is no longer there, or was taken out, is left out.
 */
export function judgedAnswers(read: GradebookReader): readonly JudgedAnswer[] {
  const imports = new Map(read.recordedImports().map((each) => [each.number, each]));
  const histories = new Map<string, ReadonlyMap<AnswerKey, number>>();
  const opened = new Map<string, StudentHistory>();
  const answers: JudgedAnswer[] = [];
  for (const { importNumber, studentId, known, forecasts } of read.forecastRecords()) {
    let places = histories.get(studentId);
    if (!places) {
      const history = read.history(studentId);
      places = new Map(history.responses.map((response, index) => [keyOf(response), index]));
      histories.set(studentId, places);
      opened.set(studentId, history);
    }
    const { responses, importNumbers } = opened.get(studentId)!;
    for (const [key, probability] of forecasts) {
      const index = places.get(key);
      const response = index === undefined ? undefined : responses[index];
      if (!response || importNumbers[index!] !== importNumber || response.weight === 0) continue;
      const { at, modelId } = imports.get(importNumber)!;
      const { question, skills, correct } = response;
      answers.push({ studentId, question, skills, probability, correct, known, importNumber, at, modelId });
    }
  }
  return answers;
}
