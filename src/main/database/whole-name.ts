import { nameKey } from './match-students.ts';

export interface NameParts {
  readonly givenName: string;
  readonly familyName: string;
}

/** A name without spaces and in one form, for scripts that write it in one. */
const joined = (name: string): string => name.normalize('NFKC').toLocaleLowerCase('en').replaceAll(/\s+/g, '');

/**
 * A name that a file has in one column, by the parts that are known already: "Ana O’Neill" is the Ana O’Neill of the roster, and "王伟" is 王, 伟.
 * What does not hold the known family name is a new name, and stays as it is.
 */
export function partsOfWhole(incoming: NameParts, known: NameParts): NameParts {
  const { givenName: whole, familyName } = incoming;
  if (familyName !== '' || whole === '' || known.familyName === '') return incoming;
  if (nameKey(whole) === nameKey(`${known.givenName} ${known.familyName}`)) return known;
  if (joined(whole) === joined(known.familyName + known.givenName)) return known;
  const [name, family] = [whole.toLocaleLowerCase('en'), known.familyName.toLocaleLowerCase('en')];
  if (name.endsWith(` ${family}`)) return { givenName: whole.slice(0, -family.length).trim(), familyName: known.familyName };
  if (name.startsWith(`${family} `)) return { givenName: whole.slice(family.length).trim(), familyName: known.familyName };
  // A single word is a first name alone.
  return whole.includes(' ') ? incoming : { givenName: whole, familyName: known.familyName };
}
