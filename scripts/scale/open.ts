// What the first screens ask for, in a program that has just started. A stage of scripts/scale.ts: FOLDER.
import { call, openApplication, timed } from './school.ts';

const application = openApplication();
const status = await timed(() => call(application, 'model.status', {}));
const classes = await timed(() => call(application, 'classes.list', {}));
const skills = await timed(() => call(application, 'skills.map', {}));
const first = await timed(() => call(application, 'students.open', { studentId: 's0000500' }));
const second = await timed(() => call(application, 'students.open', { studentId: 's0000501' }));
const overview = await timed(() => call(application, 'classes.overview', { classId: classes.result.classes[3]!.id }));
const find = await timed(() => call(application, 'students.find', { text: '1234', limit: 10 }));
await application.close();
console.log(
  JSON.stringify({
    'status ms': status.ms,
    'classes ms': classes.ms,
    'skills ms': skills.ms,
    'first student ms': first.ms,
    'second student ms': second.ms,
    'class of 30 ms': overview.ms,
    'find ms': find.ms,
  }),
);
