// Typing answers in for one student and taking them back. A stage of scripts/scale.ts: FOLDER.
import { call, openApplication, timed } from './school.ts';

const application = openApplication();
const studentId = 's0000500';
await call(application, 'students.open', { studentId });
await call(application, 'students.open', { studentId: 's0000501' });
const answers = Array.from({ length: 5 }, (_, index) => ({ question: 's1-q1', skills: ['s1'], correct: index % 2 }));
const added = await timed(() => call(application, 'students.addAnswers', { studentId, answers }));
const other = await timed(() => call(application, 'students.open', { studentId: 's0000501' }));
const { importId } = added.result;
const undone = await timed(() => call(application, 'students.undoAnswers', { importId }));
const after = await timed(() => call(application, 'students.open', { studentId }));
await application.close();
console.log(
  JSON.stringify({
    'five answers ms': added.ms,
    'another student ms': other.ms,
    'undo ms': undone.ms,
    'open again ms': after.ms,
  }),
);
