import type { z } from 'zod';

/** One call between renderer and main process: both sides are checked against the schemas. */
export interface Route<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  readonly input: Input;
  readonly output: Output;
}

export function route<Input extends z.ZodType, Output extends z.ZodType>(input: Input, output: Output): Route<Input, Output> {
  return { input, output };
}
