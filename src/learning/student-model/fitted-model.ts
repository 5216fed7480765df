import type { ResponseEvent } from '../../shared/domain.ts';
import { isMark } from '../marks.ts';
import { knowledgeOf, NOBODY, ownPart } from './course.ts';
import type { SupportAnswer } from './features.ts';
import { FittedCourse } from './fitted-course.ts';
import { FittedStudent } from './fitted-student.ts';
import type { AdaptOptions, StudentModel, StudentState } from './types.ts';
import { Unseen } from './unseen.ts';

/** A trained model, ready to be fitted to students. */
export class FittedModel extends FittedCourse implements StudentModel {
  adapt(history: readonly ResponseEvent[], options: AdaptOptions = {}): StudentState {
    const counted = options.counted ?? [];
    const unseen = new Unseen(this);
    const found = history.map((response) => this.find(response.question, response.skills, unseen));
    const own =
      counted.length === 0
        ? NOBODY
        : ownPart(
            this.source.course,
            counted.map((response, index) => ({
              ...(response === history[index] ? found[index]! : this.find(response.question, response.skills, new Unseen(this))),
              correct: response.correct,
              weight: response.weight ?? 1,
            })),
            this.source.vocabulary.skillSets,
          );
    const answers = found.map(({ question, set, skills }, index): SupportAnswer => {
      const { correct, weight } = history[index]!;
      const knowledge = knowledgeOf(this.source.course, question, set, skills, own);
      return { question, skills, knowledge, correct, weight: weight ?? 1, mark: isMark(history[index]!) };
    });
    return new FittedStudent(this, own, answers, unseen, options.profile);
  }
}
