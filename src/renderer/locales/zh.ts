import type { Translation } from '../i18n/translations.ts';
import type { English } from './en.ts';
import { asking } from './zh/asking.ts';
import { backups } from './zh/backups.ts';
import { classWords } from './zh/class.ts';
import { classroom } from './zh/classroom.ts';
import { common } from './zh/common.ts';
import { computing } from './zh/computing.ts';
import { course } from './zh/course.ts';
import { errors } from './zh/errors.ts';
import { explanations } from './zh/explanations.ts';
import { feedback } from './zh/feedback.ts';
import { gradebook } from './zh/gradebook.ts';
import { importReview } from './zh/import-review.ts';
import { imports } from './zh/imports.ts';
import { model } from './zh/model.ts';
import { modelHistory } from './zh/model-history.ts';
import { plans } from './zh/plans.ts';
import { results } from './zh/results.ts';
import { student } from './zh/student.ts';
import { teacher } from './zh/teacher.ts';
import { tour } from './zh/tour.ts';

/** All Chinese words; the type refuses a missing and an additional key. Chinese has one plural form. */
export const zh: Translation<English, 'other'> = {
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
  ...gradebook,
  ...course,
  ...backups,
  ...asking,
  ...teacher,
  ...feedback,
  ...modelHistory,
  ...tour,
  ...results,
};
