import type { Student } from './heat-map-row.tsx';

export const CLASS_ORDERS = ['name', 'level', 'last', 'warning'] as const;
export type ClassOrder = (typeof CLASS_ORDERS)[number];

/** The class in the order that the teacher asked for; who is level stays in the order of names. @param warned ids of students with warnings */
export function orderClass(students: readonly Student[], order: ClassOrder, warned: ReadonlySet<string>): readonly Student[] {
  switch (order) {
    case 'name':
      return students;
    case 'level':
      return students.toSorted((a, b) => a.level.value - b.level.value);
    case 'last':
      return students.toSorted((a, b) => (a.lastAnswerAt ?? 0) - (b.lastAnswerAt ?? 0));
    case 'warning':
      return students.toSorted((a, b) => Number(warned.has(b.id)) - Number(warned.has(a.id)));
  }
}
