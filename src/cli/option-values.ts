// Values of options, as commander reads them.
import { InvalidArgumentError } from 'commander';
import { CLEANING_STEPS } from '../shared/contract/import-cleaning.ts';

export const wholeNumber = (text: string): number => {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number from 0 on.');
  return Number(text);
};
export const countingNumber = (text: string): number => {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
};
export const positiveNumber = (text: string): number => {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('It must be a number above 0.');
  return value;
};
export const numberList = (text: string): number[] => {
  const values = text.split(',').map((part) => wholeNumber(part.trim()));
  return [...new Set(values)].sort((a, b) => a - b);
};

export const pairs = (text: string, known: Readonly<Record<string, string>>): Record<string, string> => {
  const at = text.lastIndexOf('=');
  if (at < 1) throw new InvalidArgumentError('It must be COLUMN=MEANING.');
  return { ...known, [text.slice(0, at)]: text.slice(at + 1) };
};

export const switches = (text: string, known: Readonly<Record<string, boolean>>): Record<string, boolean> => {
  const [name, state, ...rest] = text.split('=');
  if (!CLEANING_STEPS.some((step) => step === name) || rest.length > 0 || (state !== 'on' && state !== 'off'))
    throw new InvalidArgumentError(`It must be NAME=on or NAME=off, where NAME is one of ${CLEANING_STEPS.join(', ')}.`);
  return { ...known, [name!]: state === 'on' };
};

export const nameList = (text: string): string[] =>
  text === 'none' ? [] : [...new Set(text.split(',').map((part) => part.trim()))];
