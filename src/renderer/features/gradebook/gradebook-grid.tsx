import { useCallback, useEffect, useRef, useState } from 'react';
import type { GridView, WhichAnswer } from '../../../shared/contract/gradebook.ts';
import { LinkButton } from '../../components/button.tsx';
import { Problem, Skeleton } from '../../components/states.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import { EditMessages } from './edit-messages.tsx';
import { areaOf, cellOf, sizeOf } from './grid-data.ts';
import type { Area, CellValue } from './grid-data.ts';
import { Grid } from './grid.tsx';
import type { Selection } from './grid.tsx';
import { GridTools } from './grid-tools.tsx';
import { GridLegend } from './grid-legend.tsx';
import { useCellWords } from './use-cell-words.ts';
import { useGridEditing } from './use-grid-editing.ts';
import { useGridRows } from './use-grid-rows.ts';

const START: Selection = { active: { row: 0, column: 0 }, anchor: { row: 0, column: 0 } };
/** One block is read at first: more than fits on a screen. */
const FIRST_RANGE = { first: 0, last: 20 };

export interface GradebookGridProperties {
  readonly view: GridView;
  readonly which: WhichAnswer;
  readonly choice: { readonly classId?: string | null };
}

/** The grid with its tools: states for what is selected, undo and redo, what went wrong, and the cell under the cursor in words. */
export function GradebookGrid({ view, which, choice }: GradebookGridProperties) {
  const { t, format } = useWords();
  const words = useCellWords();
  const [range, setRange] = useState(FIRST_RANGE);
  const [chosen, setChosen] = useState(START);
  const [failure, setFailure] = useState<Failure>();
  const [tooLarge, setTooLarge] = useState<string>();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useGridRows({ view, ...choice }, range.first, range.last);
  const { head } = rows;
  const steps = useRoute('gradebook.steps', {});
  const editing = useGridEditing(view, which, head?.version ?? -1);
  const onRange = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const columns = head?.columns;
  // Fewer rows or columns than before leave the cursor on the last one.
  const within = ({ row, column }: Selection['active']) => ({
    row: Math.max(0, Math.min(row, (head?.total ?? 1) - 1)),
    column: Math.max(0, Math.min(column, (columns?.ids.length ?? 1) - 1)),
  });
  const selection: Selection = { active: within(chosen.active), anchor: within(chosen.anchor) };

  const describe = useCallback(
    (student: string, column: number, cell: CellValue | undefined) =>
      t('gradebook.cell', {
        student,
        column: columns?.titles[column] ?? '',
        value: words.long(cell, columns?.possible[column] ?? null),
      }),
    [t, columns, words],
  );

  const { edit, step, clear } = editing;
  const { idsOf } = rows;
  const write = useCallback(
    (area: Area, texts: readonly (readonly string[])[]) => {
      setFailure(undefined);
      setTooLarge(undefined);
      const { rows: height, columns: width } = sizeOf(area);
      const ids = columns?.ids.slice(area.left, area.right + 1) ?? [];
      void idsOf(area.top, area.bottom)
        .then((students) =>
          edit({
            students,
            columns: ids,
            texts: Array.from({ length: height }, (_, row) =>
              Array.from({ length: width }, (__, column) =>
                texts.length === 1 && texts[0]!.length === 1 ? texts[0]![0]! : (texts[row]?.[column] ?? ''),
              ),
            ),
          }),
        )
        .catch((reason: unknown) => setFailure(toFailure(reason)));
    },
    [columns, idsOf, edit],
  );

  const goBack = useCallback(
    (direction: 'undo' | 'redo') => {
      setTooLarge(undefined);
      void step(direction).then((outcome) => {
        const cell = outcome?.cell;
        if (cell === undefined || cell === null) return;
        const column = columns?.ids.indexOf(cell.column) ?? -1;
        // The row is known where it is in view; elsewhere the cursor stays.
        for (let row = range.first; row <= range.last; row++)
          if (column !== -1 && rows.row(row)?.id === cell.student) {
            const at = { row, column };
            setChosen({ active: at, anchor: at });
          }
      });
    },
    [step, columns, rows, range],
  );

  const area = areaOf(selection.active, selection.anchor);
  // The tools are drawn again only where what they can do has changed, not at every move of the cursor.
  const latest = useRef({ area, write, goBack });
  latest.current = { area, write, goBack };
  const onStep = useCallback((direction: 'undo' | 'redo') => latest.current.goBack(direction), []);
  const onSet = useCallback((text: string) => {
    latest.current.write(latest.current.area, [[text]]);
    scroller.current?.focus({ preventScroll: true });
  }, []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      if (event.target instanceof HTMLInputElement || document.querySelector('[role="dialog"]') !== null) return;
      const key = event.key.toLowerCase();
      if (key !== 'z' && key !== 'y') return;
      event.preventDefault();
      onStep(key === 'y' || event.shiftKey ? 'redo' : 'undo');
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [onStep]);

  if (head === undefined || columns === undefined)
    return rows.error === undefined ? <Skeleton lines={10} /> : <Problem failure={rows.error} />;
  if (head.total === 0)
    return (
      <div className="grid-empty">
        <p>{t('gradebook.noStudents')}</p>
        <LinkButton kind="primary" to={{ screen: 'imports' }}>
          {t('class.noStudentsAction')}
        </LinkButton>
      </div>
    );
  if (columns.ids.length === 0)
    return (
      <div className="grid-empty">
        <p>{t(view === 'marks' ? 'gradebook.noAssignments' : 'gradebook.noQuestions')}</p>
        <LinkButton to={{ screen: 'imports' }}>{t('gradebook.toImports')}</LinkButton>
      </div>
    );

  const { active } = selection;
  const student = rows.row(active.row);
  const cell = student && cellOf(student.cells, student.row, active.column, columns.possible[active.column] ?? null, which);
  const size = sizeOf(area);
  const isLate = cell?.kind === 'mark' && 'late' in cell && cell.late;

  return (
    <>
      <div className="grid-bar">
        <GridTools
          view={view}
          canUndo={steps.data?.undo !== null}
          canRedo={steps.data?.redo !== null}
          isLate={isLate}
          onStep={onStep}
          onSet={onSet}
        />
        <span className="grid-here">
          {size.rows * size.columns > 1
            ? t('gradebook.selected', { count: size.rows * size.columns })
            : describe(student?.name ?? '', active.column, cell)}
        </span>
      </div>
      {failure === undefined ? null : <Problem failure={failure} />}
      <EditMessages
        editing={editing}
        head={head}
        rows={rows}
        tooLarge={tooLarge}
        onDismiss={() => {
          clear();
          setTooLarge(undefined);
        }}
      />
      <Grid
        name={`${view} ${which}`}
        label={t(view === 'marks' ? 'gradebook.marksLabel' : 'gradebook.answersLabel')}
        head={head}
        rows={rows}
        which={which}
        words={words}
        selection={selection}
        onSelect={setChosen}
        onRange={onRange}
        pending={editing.pending}
        onWrite={write}
        onTooLarge={(block) => {
          clear();
          setTooLarge(
            t('gradebook.tooLarge', {
              rows: format.number(block.length),
              columns: format.number(Math.max(...block.map((row) => row.length))),
              fitRows: format.number(head.total - area.top),
              fitColumns: format.number(columns.ids.length - area.left),
            }),
          );
        }}
        describe={describe}
        scroller={scroller}
      />
      <GridLegend view={view} />
    </>
  );
}
