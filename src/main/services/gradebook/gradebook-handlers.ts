import { openGrid } from '../../database/grid.ts';
import type { FileHandle } from '../../../shared/contract/index.ts';
import { MOST_EDITS } from '../../../shared/contract/gradebook.ts';
import type {
  EditOutcome,
  ExportKind,
  GridView,
  GridWindow,
  StepOutcome,
  WhichAnswer,
} from '../../../shared/contract/gradebook.ts';
import { PathlightError } from '../../../shared/errors.ts';
import { words } from '../importing/values.ts';
import type { Clock } from '../ports.ts';
import { exportGradebook } from './export-gradebook.ts';
import { decideAnswer, decideMark } from './cell-text.ts';

export interface GradebookServiceOptions {
  readonly gradebookFile: string;
  readonly clock: Clock;
  readonly newId: () => string;
  /** The class that a teacher most likely means. */
  readonly currentClass: () => string | null;
  /** Holds a file until the host has saved it. */
  readonly addFile: (name: string, bytes: Uint8Array, mime: string) => FileHandle;
  /** Called after every write. */
  readonly changed: () => void;
}

export interface EditInput {
  readonly view: GridView;
  readonly which?: WhichAnswer | undefined;
  readonly students: readonly string[];
  readonly columns: readonly string[];
  readonly texts: readonly (readonly string[])[];
}

export interface ReadInput {
  readonly view: GridView;
  readonly classId?: string | null | undefined;
  readonly first: number;
  readonly count: number;
}

/** A title as an import would read it, so that it is the same when it comes back. @throws PathlightError `no-title` */
function cleanTitle(title: string): string {
  const clean = words(title);
  if (clean === '') throw new PathlightError('no-title', 'The assignment needs a title.', {});
  return clean;
}

/** Reasons beyond these repeat themselves. */
const NAMED_REFUSALS = 50;

/** The gradebook's grid, by the routes that a screen can call. */
export function createGradebookService(options: GradebookServiceOptions) {
  const { clock, newId, currentClass, changed } = options;
  const grid = openGrid(options.gradebookFile);
  const noticed = <Result>(result: Result): Result => {
    changed();
    return result;
  };
  const edit = ({ view, which = 'latest', students, columns, texts }: EditInput): EditOutcome => {
    const record = { id: newId(), at: clock() };
    const block = { students, columns, texts };
    const outcome =
      view === 'marks' ? grid.editMarks(record, block, decideMark) : grid.editAnswers(record, block, which, decideAnswer);
    if ('changed' in outcome) return { outcome: 'done', changed: outcome.changed, version: grid.version() };
    const { refused } = outcome;
    return { outcome: 'refused', count: refused.length, cells: refused.slice(0, NAMED_REFUSALS) };
  };
  return {
    handlers: {
      'gradebook.read': ({ view, classId, first, count }: ReadInput): GridWindow =>
        grid.read({ view, classId: classId === undefined ? currentClass() : classId, first, count }),
      'gradebook.steps': () => grid.steps(),
      'gradebook.edit': (input: EditInput): EditOutcome => noticed(edit(input)),
      'gradebook.addAssignment': ({ title, possible }: { readonly title: string; readonly possible: number }) =>
        noticed({ id: grid.addAssignment({ id: newId(), at: clock() }, cleanTitle(title), possible) }),
      'gradebook.export': async ({
        kind,
        classId,
      }: {
        readonly kind: ExportKind;
        readonly classId?: string | null | undefined;
      }) => {
        const chosen = classId === undefined ? currentClass() : classId;
        const { name, mime, bytes } = await exportGradebook(grid, kind, chosen, clock());
        const handle = options.addFile(name, bytes, mime);
        return { fileId: handle.id, name: handle.name, mime };
      },
      'gradebook.undo': (): StepOutcome => noticed(grid.undo(clock())),
      'gradebook.edits': () => grid.edits(MOST_EDITS),
      'gradebook.undoEdit': ({ id }: { readonly id: string }): StepOutcome => noticed(grid.undoEdit(id, clock())),
      'gradebook.redo': (): StepOutcome => noticed(grid.redo()),
    },
    close: () => grid.close(),
  };
}
