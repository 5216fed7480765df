import { useCallback, useMemo, useRef, useState } from 'react';
import type { EditOutcome, GridView, RefusedCell, StepOutcome, WhichAnswer } from '../../../shared/contract/gradebook.ts';
import type { Failure } from '../../../shared/contract/index.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useWords } from '../../i18n/use-words.ts';

/** A block of texts on its way into cells. */
export interface BlockEdit {
  readonly students: readonly string[];
  readonly columns: readonly string[];
  readonly texts: readonly (readonly string[])[];
}

/** A block that was not taken, with what it named. */
export interface Refusal {
  readonly block: BlockEdit;
  readonly count: number;
  readonly cells: readonly RefusedCell[];
}

export interface GridEditing {
  readonly edit: (block: BlockEdit) => Promise<boolean>;
  readonly step: (direction: 'undo' | 'redo') => Promise<StepOutcome | undefined>;
  /** Text of a cell that is being written; undefined where the gradebook's own value holds. */
  readonly pending: ReadonlyMap<string, string>;
  readonly refusal: Refusal | undefined;
  readonly kept: StepOutcome['kept'];
  readonly failure: Failure | undefined;
  readonly clear: () => void;
}

export const cellKey = (student: string, column: string): string => `${student}\u001f${column}`;
export const studentOf = (key: string): string => key.slice(0, key.indexOf('\u001f'));

/** A text that stands in for a cell's value until the gradebook of this version has been read; undefined while it is being written. */
interface Typed {
  readonly text: string;
  readonly version: number | undefined;
}

const NOTHING: ReadonlyMap<string, Typed> = new Map();

/**
 * Writes blocks of cells, takes edits back and makes them again; one after the other, in the order in which they were typed.
 * @param version of the gradebook that is on screen
 */
export function useGridEditing(view: GridView, which: WhichAnswer, version: number): GridEditing {
  const { api } = useApplication();
  const { t } = useWords();
  const announce = useAnnounce();
  const [typed, setTyped] = useState(NOTHING);
  const [refusal, setRefusal] = useState<Refusal>();
  const [failure, setFailure] = useState<Failure>();
  const [kept, setKept] = useState<StepOutcome['kept']>([]);
  const line = useRef<Promise<unknown>>(Promise.resolve());

  const clear = useCallback(() => {
    setRefusal(undefined);
    setFailure(undefined);
    setKept([]);
  }, []);

  /** After what was begun before: an undo never overtakes the edit before it. */
  const inLine = useCallback(<Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    const next = line.current.then(work).catch((reason: unknown) => {
      setFailure(toFailure(reason));
      return undefined;
    });
    line.current = next;
    return next;
  }, []);

  const edit = useCallback(
    async (block: BlockEdit) => {
      clear();
      const keys = block.students.flatMap((student) => block.columns.map((column) => cellKey(student, column)));
      const texts = block.texts.flat();
      const write = (value: (key: string, text: string) => Typed | undefined) =>
        setTyped((now) => {
          const next = new Map(now);
          keys.forEach((key, index) => {
            const text = texts[index]!;
            const known = now.get(key);
            const made = known !== undefined && known.text !== text ? known : value(key, text);
            if (made === undefined) next.delete(key);
            else next.set(key, made);
          });
          return next;
        });
      setTyped(
        (now) =>
          new Map([...now, ...keys.map((key, index): [string, Typed] => [key, { text: texts[index]!, version: undefined }])]),
      );
      const outcome = await inLine(async (): Promise<EditOutcome | undefined> => {
        const answer = await api.call('gradebook.edit', {
          view,
          which,
          students: [...block.students],
          columns: [...block.columns],
          texts: block.texts.map((row) => [...row]),
        });
        if (answer.ok) return answer.data;
        setFailure(answer.error);
        return undefined;
      });
      if (outcome?.outcome === 'refused') setRefusal({ block, count: outcome.count, cells: outcome.cells });
      else if (outcome !== undefined) announce(t('gradebook.changed', { count: outcome.changed }));
      // Until the windows have been read again, what was typed stands in; where nothing was written, the old value is back at once.
      const until = outcome?.outcome === 'done' && outcome.changed > 0 ? outcome.version : undefined;
      write((_key, text) => (until === undefined ? undefined : { text, version: until }));
      return outcome?.outcome === 'done';
    },
    [api, view, which, inLine, clear, announce, t],
  );

  const step = useCallback(
    (direction: 'undo' | 'redo') => {
      clear();
      return inLine(async () => {
        const answer = await api.call(`gradebook.${direction}`, {});
        if (!answer.ok) {
          setFailure(answer.error);
          return undefined;
        }
        const { note, changed, kept: stayed } = answer.data;
        setKept(stayed);
        announce(note === null ? t(`gradebook.nothingTo.${direction}`) : t(`gradebook.done.${direction}`, { count: changed }));
        return answer.data;
      });
    },
    [api, inLine, clear, announce, t],
  );
  const pending = useMemo(
    () =>
      new Map(
        [...typed].flatMap(([key, each]) => (each.version !== undefined && each.version <= version ? [] : [[key, each.text]])),
      ),
    [typed, version],
  );
  return { edit, step, pending, refusal, kept, failure, clear };
}
