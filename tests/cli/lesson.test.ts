import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { courseOf, responses } from '../support/course.ts';
import { temporaryFolder } from '../support/folders.ts';

const entry = path.join(import.meta.dirname, '..', '..', 'src', 'cli', 'index.ts');

describe('pathlight lesson and watch', () => {
  it('print a lesson for the class that holds everybody, and who stands out', () => {
    const folder = temporaryFolder();
    const pathlight = (...args: string[]) =>
      spawnSync(process.execPath, ['--no-deprecation', entry, ...args], {
        encoding: 'utf8',
        env: { ...process.env, INIT_CWD: folder },
      });
    writeFileSync(path.join(folder, 'answers.csv'), courseOf(responses));
    const roster = Array.from({ length: 8 }, (_, index) => `${index + 1},Given${index + 1},Family,7C`);
    writeFileSync(path.join(folder, 'roster.csv'), ['student,given_name,family_name,class', ...roster].join('\n'));
    expect(pathlight('import', '--data', 'book', 'roster.csv', 'answers.csv').status).toBe(0);

    const lesson = JSON.parse(
      pathlight('lesson', '--data', 'book', '--class', '7C', '--minutes', '40', '--size', '4', '--json').stdout,
    );
    expect(lesson).toMatchObject({ classId: '7C', minutes: 40, total: 8 });
    const students = (lesson.groups as { students: { id: string }[] }[]).flatMap((group) => group.students.map(({ id }) => id));
    expect(students.toSorted()).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
    const words = pathlight('lesson', '--data', 'book').stdout;
    expect(words).toMatch(/^Lesson of 45 minutes\n0–4 min: opening, everybody\nGroup A: /);
    expect(words).toMatch(/41–45 min: closing, everybody\n$/);

    expect(JSON.parse(pathlight('watch', '--data', 'book', '--json').stdout)).toEqual({
      classId: '7C',
      warnings: [],
      setAside: [],
    });
    expect(pathlight('watch', '--data', 'book').stdout).toBe('Nobody stands out.\n');
    expect(pathlight('lesson', '--data', 'book', '--class', '9Z').stderr).toContain('There is no class "9Z"');
    expect(pathlight('lesson', '--data', 'book', '--minutes', '5').status).toBe(2);

    const groups = (...args: string[]) => pathlight('groups', '--data', 'book', ...args);
    expect(groups().stdout).toMatch(/^The groups are a proposal\.\nA  /);
    const proposed = JSON.parse(groups('--json').stdout) as { groups: { id: string; students: { id: string }[] }[] };
    const one = proposed.groups[0]!.students[0]!.id;
    const moved = groups('--rename', 'A=Rockets', '--new', 'Early birds', '--move', `${one}=Early birds`);
    expect(moved.stderr).toBe('');
    expect(moved.stdout).toMatch(/^The groups are yours\.\nA  Rockets \(/);
    expect(moved.stdout).toMatch(new RegExp(`  Early birds \\(.*\\)\\n   Given${one} Family\\n`));
    expect(pathlight('lesson', '--data', 'book', '--class', '7C').stdout).toContain('Early birds (');
    expect(groups('--move', 'nobody=A').stderr).toContain('There is no student "nobody"');
    expect(groups('--move', `${one}=Z`).stderr).toMatch(/There is no group "Z"\. There are: A \(Rockets\)/);
    expect(groups('--move', 'x').status).toBe(2);
    expect(groups('--proposal').stdout).toMatch(/^The groups are a proposal/);
    expect(groups('--undo').stdout).toBe(moved.stdout);
  }, 60_000);
});
