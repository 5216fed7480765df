import type { Database } from 'better-sqlite3';
import { PathlightError } from '../../shared/errors.ts';
import type { ItemReference } from '../services/course/ports.ts';
import { Journal } from './changes.ts';
import type { Values } from './values.ts';
import { courseEntities } from './course-entities.ts';

const LONGEST = 200;

/** As names of skills are compared: case, width and spaces do not count. */
export const skillNameKey = (text: string): string =>
  text.normalize('NFKC').toLocaleLowerCase('en').replaceAll(/\s+/g, ' ').trim();

/** Changes what the teacher says of the course, each value journalled under one import's number. The caller holds the transaction. */
export class CourseWriter {
  private readonly database: Database;
  private readonly journal: Journal;
  private readonly number: number;
  private readonly entities: ReturnType<typeof courseEntities>;
  private skills: Map<string, string> | undefined;
  private made = 0;

  constructor(database: Database, number: number, journal: Journal) {
    this.database = database;
    this.journal = journal;
    this.number = number;
    this.entities = courseEntities(database);
  }

  static begin(database: Database, number: number, at: number): CourseWriter {
    return new CourseWriter(database, number, new Journal(database, number, at));
  }

  /** How many things are now other than before: rows that were made, values that were changed. */
  get changes(): number {
    return this.made;
  }

  /** Gives a question or assignment values; those that it has already are left. @throws PathlightError `no-such-item` */
  item({ kind, id }: ItemReference, values: Values): boolean {
    return this.change(`${kind}-edit`, [id], values, 'no-such-item', { item: id });
  }

  rename(skill: string, name: string): boolean {
    return this.change('skill', [skill], { name: checkName(name) }, 'no-such-skill', { skill });
  }

  /** From now on `other` stands for the skill; the empty text: nothing does, null: the skill itself. */
  stand(skill: string, other: string | null): boolean {
    this.skills = undefined;
    return this.change('skill-edit', [skill], { stands_for: other }, 'no-such-skill', { skill });
  }

  /** @returns false where it stands already */
  addPrerequisite(skill: string, prerequisite: string): boolean {
    const key = [skill, prerequisite];
    if (this.entities.prerequisite.read(key)) return this.change('prerequisite', key, { removed: 0 }, 'no-such-skill', {});
    const { changes } = this.database
      .prepare(
        'INSERT INTO prerequisites (skill_id, prerequisite_id, import_number) SELECT s.id, p.id, ? FROM skills s, skills p WHERE s.code = ? AND p.code = ?',
      )
      .run(this.number, skill, prerequisite);
    if (changes === 0) throw new PathlightError('no-such-skill', 'One of these skills is not in the course any more.', { skill });
    this.made++;
    return true;
  }

  /** The pair by its own codes: skills that others stand for may have pairs of their own. */
  removePrerequisite(skill: string, prerequisite: string): boolean {
    return this.change('prerequisite', [skill, prerequisite], { removed: 1 }, 'no-such-prerequisite', {});
  }

  /**
   * The skill of this id or name, made where there is none. One that was removed comes back; one that another stands for is that other.
   * @throws PathlightError `bad-skill-name`
   */
  skill(text: string): string {
    const name = checkName(text);
    this.skills ??= new Map(
      // Ids go before names, and an earlier skill's before a later one's.
      (
        this.database
          .prepare('SELECT code, name FROM skills WHERE id NOT IN (SELECT skill_id FROM skill_edits) ORDER BY id DESC')
          .raw()
          .all() as [string, string][]
      )
        .flatMap(([code, called]) => [
          { key: skillNameKey(called), code },
          { key: skillNameKey(code), code },
        ])
        .sort((a, b) => Number(a.key === skillNameKey(a.code)) - Number(b.key === skillNameKey(b.code)))
        .map(({ key, code }) => [key, code] as const),
    );
    const exact = this.entities['skill-edit'].read([name]);
    if (exact && exact['stands_for'] === null) return name;
    const known = this.skills.get(skillNameKey(name));
    if (known !== undefined) return known;
    if (exact) this.change('skill-edit', [name], { stands_for: null }, 'no-such-skill', {});
    else {
      this.database.prepare('INSERT INTO skills (code, name, import_number) VALUES (?, ?, ?)').run(name, name, this.number);
      this.made++;
    }
    this.skills.set(skillNameKey(name), name);
    return name;
  }

  private change(
    entity: keyof ReturnType<typeof courseEntities>,
    key: readonly (string | number)[],
    values: Values,
    missing: string,
    detail: Readonly<Record<string, string>>,
  ): boolean {
    const now = this.entities[entity].read(key);
    if (!now)
      throw new PathlightError(
        missing,
        `There is no "${key.join(' / ')}" in the gradebook any more; nothing was changed.`,
        detail,
      );
    const after = Object.fromEntries(Object.entries(values).filter(([name, value]) => now[name] !== value));
    if (Object.keys(after).length === 0) return false;
    const before = Object.fromEntries(Object.keys(after).map((name) => [name, now[name]!]));
    this.entities[entity].write(key, after);
    this.journal.record(entity, key, before, after);
    this.made++;
    return true;
  }
}

/** @throws PathlightError `bad-skill-name` */
function checkName(text: string): string {
  const name = text
    .normalize('NFC')
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim();
  if (name === '' || name.length > LONGEST || name.startsWith('='))
    throw new PathlightError(
      'bad-skill-name',
      `A skill needs a name of 1 to ${LONGEST} characters that does not begin with "="; nothing was changed.`,
      { most: LONGEST },
    );
  return name;
}
