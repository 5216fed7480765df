import type { KeptGroup } from '../../shared/groups.ts';
import { PathlightError } from '../../shared/errors.ts';
import { readEdits, standingSkills } from './course-edits.ts';
import { openDatabase, revise } from './open.ts';
import { statementsOf } from './statements.ts';

/** How many arrangements of a class can be gone back through. */
const KEPT_ARRANGEMENTS = 50;

/** What a class's groups are by a teacher's word. */
export interface KeptGrouping {
  readonly id: string;
  /** Milliseconds since 1970 UTC. */
  readonly at: number;
  /** Null: the program's own proposal. */
  readonly groups: readonly KeptGroup[] | null;
}

/** Groups that teachers keep; on a connection of its own. A class is its name, everybody is null. */
export interface GroupsStore {
  /** The newest; undefined where nobody ever said anything. */
  standing(classId: string | null): KeptGrouping | undefined;
  /**
   * @param base id of the grouping that the new one was made from; null where none stood
   * @throws PathlightError `groups-changed` where another stands by now
   */
  keep(classId: string | null, base: string | null, grouping: KeptGrouping): void;
  /** Puts what stood before that grouping in its place. @throws PathlightError `groups-changed` where it does not stand any more */
  undo(groupingId: string, as: { readonly id: string; readonly at: number }): void;
  close(): void;
}

interface GroupingRow {
  readonly number: number;
  readonly id: string;
  readonly class: string;
  readonly groups: string | null;
  readonly at: number;
}

type Described = Omit<KeptGroup, 'students'>;

const changed = (): never => {
  throw new PathlightError(
    'groups-changed',
    'The groups of this class were changed elsewhere meanwhile. Look at them again; nothing was changed.',
  );
};

export function openGroupsStore(file: string): GroupsStore {
  const database = openDatabase(file);
  const prepare = statementsOf(database);
  const columns = 'SELECT number, id, class, groups, created_at AS at FROM groupings';
  const newest = (name: string, before = Number.MAX_SAFE_INTEGER): GroupingRow | undefined =>
    prepare(`${columns} WHERE class = ? AND number < ? ORDER BY number DESC LIMIT 1`).get(name, before) as
      GroupingRow | undefined;
  const groupsOf = (row: GroupingRow): readonly KeptGroup[] | null => {
    if (row.groups === null) return null;
    const edits = readEdits(prepare);
    const members = prepare(
      `SELECT s.code, m.group_id FROM grouping_members m JOIN students s ON s.id = m.student_id
       WHERE m.grouping_number = ? ORDER BY m.place`,
    )
      .raw()
      .all(row.number) as [string, string][];
    return (JSON.parse(row.groups) as readonly Described[]).map((group) => {
      const skill = group.skill === null ? null : (standingSkills(edits, [group.skill])[0] ?? null);
      // What the course does not hold any more is nobody's aim.
      const aim = skill === null && group.kind === 'step' ? { kind: 'own' as const, skill: null, strategy: null } : { skill };
      return { ...group, ...aim, students: members.filter(([, id]) => id === group.id).map(([code]) => code) };
    });
  };
  const add = (name: string, { id, at, groups }: KeptGrouping): void => {
    const described = groups?.map(({ students: _, ...group }): Described => group);
    const number = prepare('INSERT INTO groupings (id, class, groups, created_at) VALUES (?, ?, ?, ?)').run(
      id,
      name,
      described === undefined ? null : JSON.stringify(described),
      at,
    ).lastInsertRowid;
    const insert = prepare(
      'INSERT INTO grouping_members (grouping_number, student_id, group_id, place) SELECT ?, id, ?, ? FROM students WHERE code = ?',
    );
    for (const group of groups ?? [])
      group.students.forEach((student, place) => void insert.run(number, group.id, place, student));
    prepare(
      `DELETE FROM groupings WHERE class = @name AND number NOT IN
         (SELECT number FROM groupings WHERE class = @name ORDER BY number DESC LIMIT ${KEPT_ARRANGEMENTS})`,
    ).run({ name });
  };
  return {
    standing(classId) {
      const row = newest(classId ?? '');
      return row && { id: row.id, at: row.at, groups: groupsOf(row) };
    },
    keep: (classId, base, grouping) =>
      revise(database, () => {
        if ((newest(classId ?? '')?.id ?? null) !== base) changed();
        add(classId ?? '', grouping);
      }),
    undo: (groupingId, as) =>
      revise(database, () => {
        const row = prepare(`${columns} WHERE id = ?`).get(groupingId) as GroupingRow | undefined;
        if (!row || newest(row.class)?.id !== groupingId) return changed();
        const before = newest(row.class, row.number);
        add(row.class, { ...as, groups: before ? groupsOf(before) : null });
      }),
    close: () => void database.close(),
  };
}
