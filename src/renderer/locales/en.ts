import { asking } from './en/asking.ts';
import { backups } from './en/backups.ts';
import { classWords } from './en/class.ts';
import { classroom } from './en/classroom.ts';
import { common } from './en/common.ts';
import { computing } from './en/computing.ts';
import { course } from './en/course.ts';
import { errors } from './en/errors.ts';
import { explanations } from './en/explanations.ts';
import { feedback } from './en/feedback.ts';
import { gradebook } from './en/gradebook.ts';
import { importReview } from './en/import-review.ts';
import { imports } from './en/imports.ts';
import { model } from './en/model.ts';
import { modelHistory } from './en/model-history.ts';
import { plans } from './en/plans.ts';
import { results } from './en/results.ts';
import { student } from './en/student.ts';
import { teacher } from './en/teacher.ts';
import { tour } from './en/tour.ts';

/** All English words. Keys are `<screen>.<what it says>`; plurals end in `_one` and `_other`. */
export const en = {
  ...common,
  ...classWords,
  ...classroom,
  ...student,
  ...model,
  ...plans,
  ...explanations,
  ...imports,
  ...importReview,
  ...errors,
  ...computing,
  ...course,
  ...gradebook,
  ...backups,
  ...asking,
  ...teacher,
  ...feedback,
  ...modelHistory,
  ...tour,
  ...results,
};
export type English = typeof en;
