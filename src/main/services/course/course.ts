import { separateCircles } from '../../../learning/planning/skill-graph.ts';
import { titleMatcher } from '../../../learning/titles/rule.ts';
import { openCourseStore } from '../../database/course-store.ts';
import type { CourseWriter } from '../../database/course-writer.ts';
import type { Values } from '../../database/values.ts';
import type { EditResult } from '../../../shared/contract/course.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { AnswerKey } from '../../../shared/domain.ts';
import type { Clock, Gradebook } from '../ports.ts';
import type { CourseItem, ItemReference, RuleRecord } from './ports.ts';
import type { SkillSuggestionGroup } from './suggestions.ts';
import { groupSuggestions } from './suggestions.ts';
import { planAdoption, readStarterMap } from './starter-map.ts';
import type { Adoption, StarterChoice } from './starter-map.ts';
import { skillNames } from '../../../shared/skill-names.ts';

/** How something counts from now on; what is left out stays. */
export interface CountingChange {
  readonly voided?: boolean | undefined;
  readonly key?: AnswerKey | null | undefined;
  readonly weight?: number | undefined;
}

export type AssignMode = 'add' | 'remove' | 'replace' | 'file';

/** What a rule would give skills to, and how much it fits that has some already and keeps them. */
export interface RuleEffect {
  readonly fills: readonly CourseItem[];
  readonly keeps: number;
}

/** The course as a teacher changes it. Every change is one transaction, stands in `gradebook.read.edits()` and can be taken back. */
export interface Course {
  /** @throws PathlightError `no-such-item`, `bad-skill-name` */
  assign(items: readonly ItemReference[], mode: AssignMode, skills: readonly string[]): EditResult;
  /** @throws PathlightError `no-such-item`, `no-flipped-marks` */
  count(items: readonly ItemReference[], change: CountingChange, note: string): EditResult;
  suggestions(): Promise<readonly SkillSuggestionGroup[]>;
  /** Adds to each group its skills, as one change. @throws PathlightError `no-such-item` */
  accept(groups: readonly { readonly items: readonly ItemReference[]; readonly skills: readonly string[] }[]): EditResult;
  effectOf(rule: Pick<RuleRecord, 'place' | 'text'>): RuleEffect;
  saveRule(rule: Omit<RuleRecord, 'id'>): { readonly id: number; readonly saved: boolean };
  removeRule(id: number): boolean;
  /** @throws PathlightError `no-such-rule` */
  applyRule(id: number): EditResult;
  addSkill(name: string): EditResult;
  renameSkill(skill: string, name: string): EditResult;
  /** @throws PathlightError `closes-circle`, `no-such-skill` */
  mergeSkill(skill: string, into: string): EditResult;
  removeSkill(skill: string): EditResult;
  /** @throws PathlightError `closes-circle`, `no-such-skill` */
  link(skill: string, prerequisite: string, linked: boolean): EditResult;
  /** What of the starter map would come in; nothing is changed. */
  previewStarter(choice: StarterChoice): Adoption;
  /** Takes skills and prerequisites of the starter map into the course; nothing that is there is renamed or taken away. */
  takeStarter(choice: StarterChoice): EditResult;
  /** @throws PathlightError `no-such-import`, `already-undone` */
  undo(editId: string): {
    readonly restored: number;
    readonly kept: readonly { readonly what: string; readonly reason: string }[];
  };
  close(): void;
}

export function createCourse(options: {
  /** Folder with `starter-map/`. */
  readonly resources: string;
  readonly gradebookFile: string;
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
}): Course {
  const { gradebook, clock, newId } = options;
  const { read } = gradebook;
  const store = openCourseStore(options.gradebookFile);

  const edit = (
    kind: string,
    work: (course: CourseWriter) => Readonly<Record<string, string | number>>,
    note = '',
  ): EditResult => {
    const id = newId();
    const changed = store.edit({ id, at: clock(), kind, note, work });
    return { editId: changed === 0 ? null : id, changed };
  };
  const nameOf = (skill: string): string => {
    const found = read.courseMap().skills.find(({ id }) => id === skill);
    if (!found)
      throw new PathlightError('no-such-skill', `There is no skill "${skill}" in the course; nothing was changed.`, { skill });
    return found.name;
  };
  const itemsByKey = (): ReadonlyMap<string, CourseItem> =>
    new Map(read.items().map((item) => [`${item.kind} ${item.id}`, item]));
  /** What the list of changes says of several: how many, and the first one's title. */
  const saying = (items: readonly ItemReference[], known: ReadonlyMap<string, CourseItem>): Record<string, string | number> => {
    const first = items[0]!;
    return { count: items.length, title: known.get(`${first.kind} ${first.id}`)?.title ?? first.id };
  };
  const join = (codes: readonly string[]): string => {
    return codes.map(skillNames(read.courseMap().skills)).join(', ');
  };
  const refuseCircle = (skill: string, prerequisite: string, circle: readonly string[]): never => {
    const say = skillNames(read.courseMap().skills);
    const cycle = circle.map(say).join(' → ');
    throw new PathlightError(
      'closes-circle',
      `"${say(skill)}" cannot build on "${say(prerequisite)}": that would go round in a circle: ${cycle}. Nothing was changed.`,
      { skill: say(skill), prerequisite: say(prerequisite), cycle },
    );
  };

  const effectOf = ({ place, text }: Pick<RuleRecord, 'place' | 'text'>): RuleEffect => {
    const fits = titleMatcher({ place, text });
    const fitting = read.items().filter((item) => !item.voided && fits(item.title));
    const fills = fitting.filter(({ skills }) => skills.length === 0);
    return { fills, keeps: fitting.length - fills.length };
  };

  const preview = (choice: StarterChoice): Adoption => planAdoption(readStarterMap(options.resources), read, choice);

  return {
    assign(items, mode, texts) {
      const known = itemsByKey();
      return edit(`skills-${mode}`, (course) => {
        const removing = mode === 'remove';
        const codes = removing ? texts : texts.map((text) => course.skill(text));
        for (const item of items) {
          const now = known.get(`${item.kind} ${item.id}`)?.skills ?? [];
          const next = mode === 'replace' ? codes : removing ? now.filter((code) => !codes.includes(code)) : [...now, ...codes];
          const skills = [...new Set(next)].sort();
          if (mode === 'file') course.item(item, { skills: null });
          else if (skills.join('\u001f') !== now.join('\u001f')) course.item(item, { skills: JSON.stringify(skills) });
        }
        return { ...saying(items, known), skills: join(codes) };
      });
    },
    count(items, change, note) {
      if (change.key === 'flipped' && items.some(({ kind }) => kind === 'assignment'))
        throw new PathlightError(
          'no-flipped-marks',
          'Marks have no right and wrong to swap: take the assignment out, or count it as full marks for everybody. Nothing was changed.',
        );
      const values: Values = {
        ...(change.voided === undefined ? {} : { voided: change.voided ? 1 : 0 }),
        ...(change.key === undefined ? {} : { answer_key: change.key }),
        ...(change.weight === undefined ? {} : { weight: change.weight }),
        ...(note === '' ? {} : { reason: note }),
      };
      const known = itemsByKey();
      return edit(
        countingKind(change),
        (course) => {
          for (const item of items) {
            const { voided, key, weight } = {
              voided: false,
              key: null,
              weight: 1,
              ...known.get(`${item.kind} ${item.id}`),
              ...change,
            };
            // What counts like any other needs no reason any more.
            const asUsual = note === '' && voided !== true && (key ?? null) === null && (weight ?? 1) === 1;
            course.item(item, asUsual ? { ...values, reason: '' } : values);
          }
          return { ...saying(items, known), ...(change.weight === undefined ? {} : { weight: change.weight }) };
        },
        note,
      );
    },
    accept(groups) {
      const known = itemsByKey();
      return edit('suggestions', (course) => {
        const given = new Set<string>();
        for (const { items, skills } of groups) {
          const codes = skills.map((text) => course.skill(text));
          for (const code of codes) given.add(code);
          for (const item of items) {
            const now = known.get(`${item.kind} ${item.id}`)?.skills ?? [];
            course.item(item, { skills: JSON.stringify([...new Set([...now, ...codes])].sort()) });
          }
        }
        return { count: groups.reduce((sum, { items }) => sum + items.length, 0), skills: join([...given]) };
      });
    },
    suggestions: () => groupSuggestions(read.items(), read.courseMap().skills),
    effectOf,
    saveRule: (rule) => store.addRule({ ...rule, skills: [...new Set(rule.skills)].sort() }, clock()),
    removeRule: (id) => store.removeRule(id),
    applyRule(id) {
      const rule = read.rules().find((each) => each.id === id);
      if (!rule) throw new PathlightError('no-such-rule', 'This rule was taken away already; nothing was changed.');
      const { fills } = effectOf(rule);
      return edit('rule', (course) => {
        const skills = [...new Set(rule.skills.map((skill) => course.skill(skill)))].sort();
        for (const item of fills) course.item(item, { skills: JSON.stringify(skills) });
        return { count: fills.length, text: rule.text, skills: join(skills) };
      });
    },
    addSkill: (name) =>
      edit('skill-added', (course) => {
        course.skill(name);
        return { skill: name.trim() };
      }),
    renameSkill(skill, name) {
      const before = nameOf(skill);
      return edit('skill-renamed', (course) => {
        course.rename(skill, name);
        return { skill: before, name: name.trim() };
      });
    },
    mergeSkill(skill, into) {
      const [from, to] = [nameOf(skill), nameOf(into)];
      if (skill === into) return { editId: null, changed: 0 };
      const merged = read
        .courseMap()
        .prerequisites.map((pair) => ({
          skill: pair.skill === skill ? into : pair.skill,
          prerequisite: pair.prerequisite === skill ? into : pair.prerequisite,
        }))
        .filter((pair) => pair.skill !== pair.prerequisite);
      const [refused] = separateCircles(merged).refused;
      if (refused) refuseCircle(refused.pair.skill, refused.pair.prerequisite, refused.circle);
      return edit('skill-merged', (course) => {
        course.stand(skill, into);
        return { skill: from, into: to };
      });
    },
    removeSkill(skill) {
      const name = nameOf(skill);
      return edit('skill-removed', (course) => {
        course.stand(skill, '');
        return { skill: name };
      });
    },
    link(skill, prerequisite, linked) {
      const [name, other] = [nameOf(skill), nameOf(prerequisite)];
      const standing = read.courseMap().prerequisites;
      if (!linked)
        return edit('link-removed', (course) => {
          for (const pair of read.linksBehind(skill, prerequisite)) course.removePrerequisite(pair.skill, pair.prerequisite);
          return { skill: name, prerequisite: other };
        });
      const [refused] =
        skill === prerequisite ? [{ circle: [skill, skill] }] : separateCircles([{ skill, prerequisite }], standing).refused;
      if (refused) refuseCircle(skill, prerequisite, refused.circle);
      return edit('link-added', (course) => {
        course.addPrerequisite(skill, prerequisite);
        return { skill: name, prerequisite: other };
      });
    },
    previewStarter: preview,
    takeStarter(choice) {
      const { fresh, links } = preview(choice);
      return edit('starter-map', (course) => {
        const codes = new Map(fresh.map((name) => [name, course.skill(name)]));
        const codeOf = (skill: string): string => codes.get(skill) ?? skill;
        for (const { skill, prerequisite } of links) course.addPrerequisite(codeOf(skill), codeOf(prerequisite));
        return { skills: fresh.length, links: links.length };
      });
    },
    undo(editId) {
      const { restored, kept } = store.undo(editId, clock());
      return { restored, kept };
    },
    close: () => store.close(),
  };
}

/** What the list of changes calls it. */
function countingKind({ voided, key, weight }: CountingChange): string {
  if (voided !== undefined) return voided ? 'voided' : 'restored';
  if (key !== undefined) return key === null ? 'key-imported' : `key-${key}`;
  return weight === undefined ? 'counted' : 'weighted';
}
