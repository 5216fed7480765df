import type { ContentBuilder } from '../content.ts';
import { parseDate } from '../dates.ts';
import { parseNumber } from '../values.ts';
import { readMark } from './marks.ts';
import { eachRow } from './oneroster-tables.ts';
import type { Cell, Table } from './oneroster-tables.ts';

/** Line items as assignments, results as marks. `students` grows by those whom the results alone name, unless the users were `whole`. */
export function readResults(
  tables: ReadonlyMap<string, Table>,
  students: Map<string, number>,
  left: ReadonlySet<string>,
  whole: boolean,
  into: ContentBuilder,
): void {
  const items = new Map<string, { assignment: number; possible: number | null }>();
  const gone = new Set<string>();
  /** Without points nothing is said of what was learned. */
  const unmarked = new Set<string>();
  const takeItem = (cell: Cell): void => {
    const said = parseNumber(cell('resultvaluemax'), '.');
    if (said === 0) {
      unmarked.add(cell('sourcedid'));
      return into.ignore(cell('title') || cell('sourcedid'), 'no-points');
    }
    const dueAt = parseDate(cell('duedate') || cell('assigndate'));
    const possible = said > 0 ? said : null;
    items.set(cell('sourcedid'), {
      assignment: into.assignment({
        sourceId: cell('sourcedid'),
        title: cell('title') || cell('sourcedid'),
        possible,
        dueAt: Number.isFinite(dueAt) ? dueAt : null,
      }),
      possible,
    });
  };
  eachRow(tables.get('lineItems'), into, takeItem, (cell) => gone.add(cell('sourcedid')));
  eachRow(tables.get('results'), into, (cell, line) => {
    const id = cell('studentsourcedid');
    const itemId = cell('lineitemsourcedid');
    // A result of whoever or whatever is to be deleted goes with it.
    if (left.has(id) || gone.has(itemId)) return into.count('deleted-rows', 'rows');
    if (unmarked.has(itemId)) return;
    let student = students.get(id);
    if (student === undefined && whole) return into.count('unknown-students', 'rows');
    if (student === undefined) students.set(id, (student = into.student(line, [{ kind: 'oneroster', value: id }])));
    let item = items.get(itemId);
    if (!item)
      items.set(
        itemId,
        (item = {
          assignment: into.assignment({ sourceId: itemId, title: itemId, possible: null, dueAt: null }),
          possible: null,
        }),
      );
    const state = cell('scorestatus').toLowerCase();
    const at = parseDate(cell('scoredate'));
    const markedAt = Number.isFinite(at) ? at : null;
    if (state === 'exempt') return into.mark(line, student, item.assignment, null, 'excused', markedAt);
    if (state === 'not submitted' || (/^true$/i.test(cell('missing')) && cell('score') === ''))
      return into.mark(line, student, item.assignment, null, 'missing', markedAt);
    const mark = readMark(cell('score'), item.possible, '.', 'score');
    // Version 1.2 has a column for it; in 1.1 only the comment can say so.
    const late = /^true$/i.test(cell('late')) || /^late$/i.test(cell('comment'));
    if (mark)
      into.mark(line, student, item.assignment, mark.points, late && mark.points !== null ? 'late' : mark.status, markedAt);
  });
}
