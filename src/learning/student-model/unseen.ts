import type { StudentModel } from './types.ts';

/** Numbers beyond the model's own for skills and questions that it does not know, the same for one student's answers and questions. */
export class Unseen {
  private readonly skills = new Map<string, number>();
  private readonly questions = new Map<string, number>();
  private readonly model: Pick<StudentModel, 'skills' | 'questions'>;

  constructor(model: Pick<StudentModel, 'skills' | 'questions'>) {
    this.model = model;
  }

  skill(id: string): number {
    return numberIn(this.skills, id, this.model.skills.length);
  }

  question(id: string): number {
    return numberIn(this.questions, id, this.model.questions.length);
  }
}

function numberIn(numbers: Map<string, number>, id: string, first: number): number {
  let number = numbers.get(id);
  if (number === undefined) numbers.set(id, (number = first + numbers.size));
  return number;
}
