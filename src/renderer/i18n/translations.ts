/**
 * The shape that another language must have: exactly the keys of the English words. Forms that only languages with a singular have
 * (`…_one`) are left out for languages without (`Plural` = 'other').
 */
export type Translation<Words, Plural extends 'one-other' | 'other'> = {
  readonly [
    Key in keyof Words as Plural extends 'other' ? (Key extends `${string}_one` ? never : Key) : Key
  ]: Words[Key] extends string ? string : Translation<Words[Key], Plural>;
};
