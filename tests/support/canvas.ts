/** A class's gradebook as Canvas exports it: invented students, marks that follow an ability and the assignment. */
export function canvasGradebook(students: number, titles: readonly (readonly [title: string, possible: number])[]): string {
  const rows = [
    [
      'Student',
      'ID',
      'SIS User ID',
      'SIS Login ID',
      'Section',
      ...titles.map(([title], index) => `${title} (${9000 + index})`),
      'Current Score',
      'Final Score',
    ],
    ['    Points Possible', '', '', '', '', ...titles.map(([, possible]) => possible.toFixed(2)), '(read only)', '(read only)'],
    ...Array.from({ length: students }, (_, student) => [
      `"Family${student}, Given${student}"`,
      String(5000 + student),
      `S-${100 + student}`,
      `user${student}@north.example`,
      '6B Mathematics',
      ...titles.map(([, possible], index) => {
        if ((student * 7 + index) % 29 === 0) return 'EX';
        if ((student * 5 + index) % 31 === 0) return '';
        const share = 0.45 + 0.5 * (student / students) + 0.08 * Math.sin(student * 3 + index * 5);
        return (Math.min(1, share) * possible).toFixed(2);
      }),
      '80.00',
      '75.00',
    ]),
  ];
  return rows.map((row) => row.join(',')).join('\n');
}

export const TWELVE: readonly (readonly [string, number])[] = [
  ['Ratios quiz', 10],
  ['Ratios homework', 20],
  ['Ratios test', 50],
  ['Unit rates quiz', 10],
  ['Percent homework', 20],
  ['Percent test', 50],
  ['Fractions quiz', 10],
  ['Fractions homework', 20],
  ['Decimals quiz', 10],
  ['Expressions homework', 20],
  ['Expressions test', 50],
  ['Final project', 100],
];
