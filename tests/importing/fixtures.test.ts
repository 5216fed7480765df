import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readImportFile } from '../../src/main/services/importing/read-file.ts';
import type { ReadFile } from '../../src/main/services/importing/read-file.ts';
import { FILE_FORMATS } from '../../src/shared/contract/imports.ts';

const folder = path.join(import.meta.dirname, '..', 'fixtures', 'imports');
const files = readdirSync(folder).filter((name) => !name.endsWith('.expected.json'));
/** Set to write what is read now, to be looked through by a person before it is committed. */
const RECORD = process.env['RECORD_FIXTURES'] === '1';

const time = (at: number | null): string => (at === null || Number.isNaN(at) ? '' : ` @${new Date(at).toISOString()}`);

/** All that was understood of a file, readable by a person. */
function summary({ encoding, delimiter, headerLine, columns, ignored, content }: ReadFile): unknown {
  const { students, assignments, marks, answers, classes, enrolments } = content;
  const who = (index: number): string => students[index]!.keys[0]!.value;
  return {
    format: content.format,
    encoding,
    delimiter,
    headerLine,
    columns: columns.map(({ column, meaning }) => `${column} → ${meaning}`),
    ignored: ignored.map(({ column, why }) => `${column}: ${why}`),
    students: students.map(
      ({ keys, givenName, familyName, className, grade, profile }) =>
        `${keys.map(({ kind, value }) => `${kind} ${value}`).join(', ')}; ${givenName} | ${familyName}; ${className}; ${grade}${profile.map((each) => `; ${each.area}.${each.field}=${each.value}`).join('')}`,
    ),
    classes: classes.map(({ code, name }) => `${code} ${name}`.trim()),
    enrolments: enrolments.map(({ student, classCode }) => `${who(student)} in ${classCode}`),
    skills: content.skills.map(({ skill, name }) => `${skill}: ${name}`),
    prerequisites: content.prerequisites.map(({ skill, prerequisite }) => `${skill} after ${prerequisite}`),
    assignments: assignments.map(
      ({ sourceId, title, possible, dueAt }) => `${title} [${sourceId}] /${possible ?? '?'}${time(dueAt)}`,
    ),
    marks: marks.map(
      ({ student, assignment, points, status, markedAt }) =>
        `${who(student)}: ${assignments[assignment]!.title} = ${points ?? status}${status === 'late' ? ' late' : ''}${time(markedAt)}`,
    ),
    answers: [...answers.sorted(students.length)].map((row) => {
      const skills = answers.skillSets[answers.skillSet[row]!]!.replaceAll('\u001f', '~');
      const more = [
        answers.responseTimeMs[row]! >= 0 ? `${answers.responseTimeMs[row]} ms` : '',
        answers.attempt[row]! >= 0 ? `attempt ${answers.attempt[row]}` : '',
        answers.hint[row]! >= 0 ? `hints ${answers.hint[row]}` : '',
      ].filter((part) => part !== '');
      return `${who(answers.student[row]!)} ${answers.position[row]}: ${answers.questions[answers.question[row]!]} {${skills}} = ${answers.correct[row]}${time(answers.answeredAt[row]!)} ${more.join(', ')}`.trim();
    }),
    refused: content.refused.map(({ line, code }) => `${line} ${code}`),
    notes: content.notes.map(({ code, detail }) => `${code} ${JSON.stringify(detail)}`),
  };
}

describe('a file as each system writes it', () => {
  it.each(files)('%s', async (name) => {
    const expectedFile = path.join(folder, `${name}.expected.json`);
    const read = summary(await readImportFile(name, readFileSync(path.join(folder, name))));
    if (RECORD) writeFileSync(expectedFile, `${JSON.stringify(read, undefined, 1)}\n`);
    expect(read).toEqual(JSON.parse(readFileSync(expectedFile, 'utf8')));
  });

  it('there is one for each format', () => {
    const formats = files.map(
      (name) => (JSON.parse(readFileSync(path.join(folder, `${name}.expected.json`), 'utf8')) as { format: string }).format,
    );
    expect(new Set(formats)).toEqual(new Set(FILE_FORMATS));
    expect(files.every((name) => existsSync(path.join(folder, `${name}.expected.json`)))).toBe(true);
  });
});
