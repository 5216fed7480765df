// A simulated school as CSV files, streamed to disk. A stage of scripts/scale.ts: FOLDER ANSWERS.
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { createRandom } from '../../src/learning/random.ts';
import { drawCourse, simulateStudents } from '../../src/learning/simulation/simulated-course.ts';

const CLASS = 30;
/** Students at a time: what is simulated of them is in memory at once. */
const BLOCK = 20 * CLASS;
const ANSWERS_PER_FILE = 1_000_000;

const folder = process.argv[2]!;
const wanted = Number(process.argv[3]);
const random = createRandom(1);
const course = drawCourse(
  {
    skills: 100,
    questions: 50,
    ease: 0.6,
    skillSpread: 0.8,
    questionSpread: 0.8,
    abilitySpread: 0.9,
    profileSpread: 0.5,
    learning: 0.2,
    transfer: 0.2,
    guess: 0.1,
    slip: 0.03,
    stay: 0.8,
    drift: 0.03,
    classes: { size: CLASS, variance: 0.3, questions: 0.5, teaching: 0.3, begin: 0.5 },
  },
  random,
);

async function open(name: string, header: string) {
  const stream = createWriteStream(path.join(folder, name));
  const write = async (text: string): Promise<void> => {
    if (!stream.write(text)) await once(stream, 'drain');
  };
  await write(`${header}\n`);
  return {
    write,
    async close(): Promise<void> {
      stream.end();
      await once(stream, 'close');
    },
  };
}

const files = (name: string): Promise<Awaited<ReturnType<typeof open>>> => open(name, 'student,order,item,skill,correct');
const roster = await open('0-roster.csv', 'student,given_name,family_name,class');
let file = await files('1-answers.csv');
let number = 1;
let total = 0;
let inFile = 0;
let students = 0;
while (total < wanted) {
  const ids = Array.from({ length: BLOCK }, (_, index) => `s${String(students + index + 1).padStart(7, '0')}`);
  let text = '';
  let names = '';
  for (const { student, responses } of simulateStudents(course, ids, (chance) => 20 + chance.integer(61), random)) {
    if (total >= wanted) break;
    const kept = responses.slice(0, wanted - total);
    names += `${student},Student,${students + 1},Class ${1 + Math.floor(students / CLASS)}\n`;
    for (const { order, question, skills, correct } of kept)
      text += `${student},${order},${question},${skills.join('~')},${correct}\n`;
    students++;
    total += kept.length;
    inFile += kept.length;
  }
  await roster.write(names);
  await file.write(text);
  if (inFile >= ANSWERS_PER_FILE && total < wanted) {
    await file.close();
    file = await files(`${++number}-answers.csv`);
    inFile = 0;
  }
}
await file.close();
await roster.close();
console.log(JSON.stringify({ students, answers: total, files: number }));
