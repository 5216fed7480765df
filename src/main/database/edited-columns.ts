import { skillSetKey } from '../../learning/responses.ts';
import type { ResponseColumns } from '../../shared/domain.ts';
import { keyed, standingSkills } from './course-edits.ts';
import type { CourseEdits, ItemEdit } from './course-edits.ts';

/**
 * Columns as they count: answers to questions that were taken out are gone, the others have the skills, the key and the weight that the
 * teacher said. One pass over the answers, and none where no question was changed.
 */
export function editedColumns(columns: ResponseColumns, edits: CourseEdits): ResponseColumns {
  const skillSets: (readonly string[])[] =
    edits.skills.size === 0 ? [...columns.skillSets] : columns.skillSets.map((codes) => standingSkills(edits, codes));
  if (edits.questions.size === 0) return { ...columns, skillSets };
  const setOf = new Map<string, number>();
  const ofQuestion = columns.questions.map((code) => edits.questions.get(code));
  const given = ofQuestion.map((edit) => (edit?.skills ? numberOf(standingSkills(edits, edit.skills)) : -1));
  const weighted = ofQuestion.some((edit) => edit !== undefined && edit.weight !== 1);
  const total = columns.question.length;
  const start = new Int32Array(columns.start.length);
  const question = new Int32Array(total);
  const skillSet = new Int32Array(total);
  const correct = new Float32Array(total);
  const weight = columns.weight || weighted ? new Float32Array(total) : undefined;
  let to = 0;
  for (let student = 0; student < columns.students.length; student++) {
    for (let row = columns.start[student]!; row < columns.start[student + 1]!; row++) {
      const asked = columns.question[row]!;
      const edit: ItemEdit | undefined = ofQuestion[asked];
      if (edit?.voided) continue;
      question[to] = asked;
      skillSet[to] = given[asked]! >= 0 ? given[asked]! : columns.skillSet[row]!;
      correct[to] = edit?.key ? keyed(columns.correct[row]!, edit.key) : columns.correct[row]!;
      if (weight) weight[to] = (columns.weight?.[row] ?? 1) * (edit?.weight ?? 1);
      to++;
    }
    start[student + 1] = to;
  }
  return {
    students: columns.students,
    start,
    question: question.subarray(0, to),
    questions: columns.questions,
    skillSet: skillSet.subarray(0, to),
    skillSets,
    correct: correct.subarray(0, to),
    ...(weight ? { weight: weight.subarray(0, to) } : {}),
  };

  function numberOf(skills: readonly string[]): number {
    const key = skillSetKey(skills);
    let number = setOf.get(key);
    if (number === undefined) setOf.set(key, (number = skillSets.push(skills) - 1));
    return number;
  }
}
