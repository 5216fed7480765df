// Fitting the current model to students, read from the gradebook each time. A stage of scripts/scale.ts: FOLDER.
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createRandom } from '../../src/learning/random.ts';
import { MOST_ANSWERS, sampleStudents } from '../../src/learning/sample-students.ts';
import type { ResponseEvent } from '../../src/shared/domain.ts';
import { withCourse } from '../../src/learning/student-model/student-model.ts';
import { openGradebook } from '../../src/main/database/gradebook.ts';
import { createModels } from '../../src/main/services/models.ts';
import { clock, dataFolder, quantile, resources, timed } from './school.ts';

const gradebook = openGradebook({ file: path.join(dataFolder(), 'gradebook.sqlite'), clock });
const models = createModels({
  folder: dataFolder(),
  resources,
  gradebook,
  clock,
  newId: randomUUID,
  spawnTrainer: () => {
    throw new Error('Nothing trains here.');
  },
});
const { read } = gradebook;
const { model } = models.current();
const course = await timed(() => {
  const sample = sampleStudents(read.answerCounts(), MOST_ANSWERS);
  return { sample, fitted: withCourse(model, read.courseMap(), read.columns({ wanted: sample && ((id) => sample.has(id)) })) };
});
const { sample, fitted } = course.result;
const adapt = (student: string) => {
  const { responses } = read.history(student);
  return fitted.adapt(responses, { counted: !sample || sample.has(student) ? responses : [], profile: read.profile(student) });
};
const everybody = [...read.answerCounts().keys()];
const random = createRandom(5);
for (let warm = 0; warm < 300; warm++) adapt(random.choice(everybody));
const single = Array.from({ length: 1000 }, () => {
  const begun = performance.now();
  adapt(random.choice(everybody));
  return performance.now() - begun;
});
const withLevel = Array.from({ length: 200 }, () => {
  const begun = performance.now();
  adapt(random.choice(everybody)).level();
  return performance.now() - begun;
});
const classes = Array.from({ length: 20 }, () => {
  const at = random.integer(everybody.length - 40);
  const begun = performance.now();
  for (const student of everybody.slice(at, at + 40)) adapt(student);
  return performance.now() - begun;
});
const many = everybody.slice(0, 10_000);
const wanted = new Set(many);
const used = process.cpuUsage();
// A whole school is read as columns: a student's answers one by one cost more than fitting them.
const school = await timed(() => {
  const answers = read.columns({ wanted: (student) => wanted.has(student) });
  answers.students.forEach((student, index) => {
    const responses: ResponseEvent[] = [];
    for (let row = answers.start[index]!; row < answers.start[index + 1]!; row++)
      responses.push({
        order: responses.length,
        question: answers.questions[answers.question[row]!]!,
        skills: answers.skillSets[answers.skillSet[row]!]!,
        correct: answers.correct[row]!,
      });
    fitted.adapt(responses, { counted: !sample || sample.has(student) ? responses : [] });
  });
});
const cpu = process.cpuUsage(used);
gradebook.close();
console.log(
  JSON.stringify({
    members: model.members.map((member) => `${member.kind}:${member.weight.toFixed(2)}`).join('+'),
    'course ms': course.ms,
    'one student p50 ms': quantile(single, 0.5),
    'p95 ms': quantile(single, 0.95),
    'with level p95 ms': quantile(withLevel, 0.95),
    'class of 40 ms': quantile(classes, 0.5),
    students: many.length,
    'students/s': Math.round((many.length / school.ms) * 1000),
    'per second of processor time': Math.round(many.length / ((cpu.user + cpu.system) / 1e6)),
  }),
);
