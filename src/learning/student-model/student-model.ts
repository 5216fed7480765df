import type { CourseMap, ResponseColumns, ResponseSequence } from '../../shared/domain.ts';
import { columnsToTable, linkSkills, toResponseTable, Vocabulary } from '../responses.ts';
import type { ResponseTable } from '../responses.ts';
import { questionSets } from '../trained-model.ts';
import type { TrainedModel } from '../trained-model.ts';
import { fitCalibration } from './fit-calibration.ts';
import { FittedModel } from './fitted-model.ts';
import { chooseStrengths, collectStatistics } from './statistics.ts';
import type { StudentModel } from './types.ts';
import { estimateComponents } from './variance-components.ts';

/** The starter's strengths are kept below this many answers; above it they are chosen on this many students, which is quick. */
const FEWEST_FOR_STRENGTHS = 500;
const STUDENTS_FOR_STRENGTHS = 250;
/**
 * A model to be fitted to students of the course that it was trained on. Plain arithmetic: about a millisecond for a student.
 * @param source what training produced
 */
export function createStudentModel(source: TrainedModel): StudentModel {
  return new FittedModel(source, source.provenance.students);
}

/**
 * The same learned parameters over another set of difficulties: those of the gradebook as it stands now. This is how the shipped starter
 * serves a class without past students, and how a school's own model keeps up with answers that came after training.
 */
export function withCourse(
  source: TrainedModel,
  courseMap: CourseMap,
  answers: readonly ResponseSequence[] | ResponseColumns,
): StudentModel {
  const own = source.vocabulary.skills.length > 0;
  const known = own ? source.vocabulary : undefined;
  return overTable(source, courseMap, 'students' in answers ? columnsToTable(answers, known) : toResponseTable(answers, known));
}

function overTable(source: TrainedModel, courseMap: CourseMap, answers: ResponseTable): StudentModel {
  const own = source.vocabulary.skills.length > 0;
  const links = linkSkills(answers.skills, courseMap);
  const table: ResponseTable = { ...answers, links };
  const known = new Vocabulary(links?.skills ?? table.skills);
  for (const skill of courseMap.skills) known.add(skill.id);
  const statistics = collectStatistics(table);
  const calibration = fitCalibration(table);
  const enough = statistics.courseCount >= FEWEST_FOR_STRENGTHS;
  const stride = Math.ceil(table.students.length / STUDENTS_FOR_STRENGTHS);
  const sampled = (student: number): boolean => student % stride === 0;
  return new FittedModel(
    {
      ...source,
      vocabulary: {
        questions: table.questions,
        skills: known.texts,
        skillSets: table.skillSets,
        questionSet: mergeSets(questionSets(table), source, own),
      },
      courseMap,
      course: {
        statistics,
        strengths: !own && enough ? chooseStrengths(table, statistics, sampled) : source.course.strengths,
        calibration,
        components: estimateComponents(table, calibration),
      },
    },
    own ? source.provenance.students : 0,
  );
}

function mergeSets(now: Int32Array, source: TrainedModel, own: boolean): Int32Array {
  if (own)
    for (let question = 0; question < now.length; question++)
      if (now[question]! < 0) now[question] = source.vocabulary.questionSet[question] ?? -1;
  return now;
}
