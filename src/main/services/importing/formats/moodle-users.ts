import type { Format } from './format.ts';
import { bodyRows, findHeader, Header, ignoreRest, meaningsOf } from './format.ts';
import { moodleStudent } from './moodle-grades.ts';
import { words } from '../values.ts';

/*
 * Moodle's file for uploading users (admin/tool/uploaduser): username, password, firstname, lastname, email, and course1, group1, …,
 * cohort1, idnumber, profile_field_*. Field names are never translated.
 */
const SURE = ['username', 'firstname', 'lastname', 'email'];
const MORE =
  /^(password|idnumber|course\d+|group\d+|cohort\d+|role\d+|type\d+|auth|suspended|deleted|oldusername|enrolperiod\d+)$|^profile field /;

export const moodleUsers: Format = {
  name: 'moodle-users',

  recognise: (parcel) =>
    findHeader(
      parcel,
      (header) => {
        const sure = header.count(SURE);
        const more = header.plain.filter((name) => MORE.test(name)).length;
        if (!header.has('username') || sure < 3 || (sure < 4 && more === 0)) return undefined;
        // Every system has these four words; only the rest is Moodle's own.
        if (header.plain.some((name) => name === 'correct' || name === 'skill')) return undefined;
        return {
          certainty: Math.min(0.97, 0.6 + 0.08 * (sure - 3) + 0.15 * Math.min(2, more)),
          meanings: meaningsOf({
            login: header.find('username'),
            given_name: header.find('firstname'),
            family_name: header.find('lastname'),
            email: header.find('email'),
            student: header.find('idnumber'),
            class: header.match(/^(cohort1|group1)$/) >= 0 ? header.match(/^(cohort1|group1)$/) : header.find('course1'),
          }),
        };
      },
      'moodle-users',
      'moodle-users',
    ),

  read(_parcel, recognition, into) {
    const header = new Header(recognition.header.cells);
    const person = {
      given: header.find('firstname'),
      family: header.find('lastname'),
      email: header.find('email'),
      id: header.find('idnumber'),
      username: header.find('username'),
    };
    const courses = header.plain.flatMap((name, index) => (/^course\d+$/.test(name) ? [index] : []));
    const groups = header.plain.flatMap((name, index) => (/^(group|cohort)\d+$/.test(name) ? [index] : []));
    const used = new Map([
      ...recognition.meanings,
      ...[...courses, ...groups].map((index): [number, string] => [index, 'class']),
    ]);
    ignoreRest(recognition.header, used, into);
    const deleted = header.find('deleted');
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        if (deleted >= 0 && cells[deleted] === '1') return into.count('deleted-rows', 'rows');
        const named = (indexes: readonly number[]): string[] =>
          indexes.map((index) => words(cells[index] ?? '')).filter((name) => name !== '');
        const roles = header.plain.flatMap((name, index) => (/^(role|type)\d+$/.test(name) ? [words(cells[index] ?? '')] : []));
        if (roles.some((role) => /^(2|3|4|.*teacher|manager)$/i.test(role))) return into.count('staff-rows', 'rows');
        const classes = [...named(groups), ...named(courses)];
        const student = moodleStudent(into, cells, line, person, { className: classes[0] ?? '' });
        for (const name of classes) {
          into.schoolClass('', name);
          into.enrol(student, name);
        }
      });
    });
  },
};
