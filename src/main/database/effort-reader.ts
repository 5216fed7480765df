import type { Statement } from 'better-sqlite3';
import type { QuestionEffort } from '../../shared/domain.ts';
import type { CourseEdits } from './course-edits.ts';

type EffortRow = [question: string, seen: number, helped: number, timed: number, logTime: number, squares: number];

/**
 * What answers to each question took of everybody, by the question's id; questions without a column of hints, tries or times are missing, and so are those with another
 * key than the file's: which answers to them were right is not what the rows say.
 */
export function readEffort(prepare: (sql: string) => Statement, edits: CourseEdits): ReadonlyMap<string, QuestionEffort> {
  const timed = 'response_time_ms > 0 AND correct >= 0.5';
  const rows = prepare(
    `SELECT q.code, n.seen, n.helped, n.timed, n.log_time, n.squares FROM (
       SELECT question_id, sum(hint IS NOT NULL OR attempt IS NOT NULL) AS seen, sum(coalesce(hint > 0, 0) OR coalesce(attempt > 1, 0)) AS helped,
         coalesce(sum(${timed}), 0) AS timed, total(iif(${timed}, ln(response_time_ms), 0)) AS log_time,
         total(iif(${timed}, ln(response_time_ms) * ln(response_time_ms), 0)) AS squares
       FROM answers WHERE hint IS NOT NULL OR attempt IS NOT NULL OR response_time_ms IS NOT NULL GROUP BY question_id) n
     JOIN questions q ON q.id = n.question_id`,
  )
    .raw()
    .all() as EffortRow[];
  return new Map(
    rows.flatMap(([question, seen, helped, timedAnswers, logTime, squares]) =>
      (edits.questions.get(question)?.key ?? null) === null
        ? [[question, { seen, helped, timed: timedAnswers, logTime, squares }]]
        : [],
    ),
  );
}
