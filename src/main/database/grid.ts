import type { EditNote, GridWindow, PastEdit, StepOutcome, WhichAnswer } from '../../shared/contract/gradebook.ts';
import { eachAnswer, readContent } from './gradebook-content.ts';
import type { ContentAnswer, GradebookContent } from './gradebook-content.ts';
import { addAssignment, editAnswers, editMarks } from './grid-edit.ts';
import type { Block, BlockOutcome, Decided, EditRecord, MarkNow } from './grid-edit.ts';
import { createGridReader } from './gradebook-grid.ts';
import type { GridRequest } from './gradebook-grid.ts';
import { nextSteps, redoLastEdit, undoLastEdit, undoOneEdit } from './grid-undo.ts';
import { openDatabase, raiseRevision, write } from './open.ts';
import { listEdits } from './past-edits.ts';
import { itemsWithReasons } from './exported-items.ts';
import type { ExportedItem } from './exported-items.ts';

/** The gradebook as grids of students × assignments and students × questions; each edit is one transaction, or none. */
export interface Grid {
  read(request: GridRequest): GridWindow;
  /** Rises with every commit of any process. */
  version(): number;
  steps(): { undo: EditNote | null; redo: EditNote | null };
  editMarks(
    edit: EditRecord,
    block: Block,
    decide: (text: string, now: MarkNow | null, possible: number) => Decided<MarkNow>,
  ): BlockOutcome;
  editAnswers(
    edit: EditRecord,
    block: Block,
    which: WhichAnswer,
    decide: (text: string, now: number | null) => Decided<number>,
  ): BlockOutcome;
  addAssignment(edit: EditRecord, title: string, possible: number): string;
  undo(at: number): StepOutcome;
  redo(): StepOutcome;
  /** The newest edits, and how many there are. */
  edits(most: number): { edits: PastEdit[]; total: number };
  /** Takes one edit back, also when others came after it. @throws PathlightError `no-such-edit`, `already-undone` */
  undoEdit(id: string, at: number): StepOutcome;
  /** All of a class but the answers. */
  content(classId: string | null): GradebookContent;
  eachAnswer(classId: string | null, visit: (answer: ContentAnswer) => void): void;
  /** Every question and assignment with the skills that it asks now, how it counts and why. */
  items(): readonly ExportedItem[];
  close(): void;
}

/** On a connection of its own, like all that writes. @throws PathlightError `not-a-gradebook`, `newer-schema`, `damaged-gradebook` */
export function openGrid(file: string): Grid {
  const database = openDatabase(file);
  const read = createGridReader(database);
  const writing = <Result>(work: () => Result, changes: (result: Result) => boolean): Result =>
    write(database, () => {
      const result = work();
      if (changes(result)) raiseRevision(database);
      return result;
    });
  const wrote = (outcome: BlockOutcome): boolean => 'changed' in outcome && outcome.changed > 0;
  const stepped = ({ note }: StepOutcome): boolean => note !== null;
  return {
    read,
    version: () => database.prepare("SELECT value FROM settings WHERE name = 'revision'").pluck().get() as number,
    steps: () => nextSteps(database),
    editMarks: (edit, block, decide) => writing(() => editMarks(database, edit, block, decide), wrote),
    editAnswers: (edit, block, which, decide) => writing(() => editAnswers(database, edit, block, which, decide), wrote),
    addAssignment: (edit, title, possible) =>
      writing(
        () => addAssignment(database, edit, title, possible),
        () => true,
      ),
    undo: (at) => writing(() => undoLastEdit(database, at), stepped),
    redo: () => writing(() => redoLastEdit(database), stepped),
    edits: (most) => listEdits(database, most),
    undoEdit: (id, at) => writing(() => undoOneEdit(database, id, at), stepped),
    content: (classId) => readContent(database, classId),
    eachAnswer: (classId, visit) => eachAnswer(database, classId, visit),
    items: () => itemsWithReasons(database),
    close: () => void database.close(),
  };
}
