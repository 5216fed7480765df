import { PathlightError } from '../../../shared/errors.ts';
import type { ImportFormat } from '../../../shared/contract/imports.ts';
import { assistments } from './formats/assistments.ts';
import { blackboard } from './formats/blackboard.ts';
import { canvasGradebook } from './formats/canvas-gradebook.ts';
import { caseFormat } from './formats/case.ts';
import { clever } from './formats/clever.ts';
import { d2l } from './formats/d2l.ts';
import { datashop } from './formats/datashop.ts';
import type { Format, Recognition } from './formats/format.ts';
import { googleForms } from './formats/google-forms.ts';
import { kahoot, refuseScoresOnly } from './formats/kahoot.ts';
import { mapped } from './formats/mapped.ts';
import { moodleGrades } from './formats/moodle-grades.ts';
import { moodleQuiz } from './formats/moodle-quiz.ts';
import { moodleUsers } from './formats/moodle-users.ts';
import { oneroster11, oneroster12 } from './formats/oneroster.ts';
import { pathlightGradebook } from './formats/pathlight-gradebook.ts';
import { pathlightResponses } from './formats/pathlight-responses.ts';
import { pathlightRoster } from './formats/pathlight-roster.ts';
import { explainUnknown } from './formats/pathlight-words.ts';
import { mapsSkillsOnly, questionSkills } from './formats/question-skills.ts';
import { schoology } from './formats/schoology.ts';
import type { Parcel } from './source/parcel.ts';
import type { ImportPreset } from '../../database/import-presets.ts';

/** The surer of two that are as sure stands first; anything can be mapped, so that comes last. */
export const FORMATS: readonly Format[] = [
  ...[oneroster12, oneroster11, canvasGradebook, blackboard, d2l, schoology, clever, kahoot, assistments, datashop],
  ...[googleForms, moodleQuiz, moodleGrades, moodleUsers, caseFormat],
  ...[pathlightGradebook, pathlightResponses, pathlightRoster, questionSkills],
  mapped,
];

/** What a person said about a file, against what was found. */
export interface RecogniseChoices {
  readonly format?: ImportFormat | undefined;
  /** Line of the header row, counted from 1. */
  readonly headerLine?: number | undefined;
  /** Header text → meaning, for `mapped`. */
  readonly mapping?: Readonly<Record<string, string>> | undefined;
}

export interface Recognised {
  readonly format: Format;
  readonly recognition: Recognition;
  /** The kept mapping that it was read by. */
  readonly preset?: ImportPreset | undefined;
  /** Others that fit too, the surest first. */
  readonly others: readonly { readonly format: ImportFormat; readonly certainty: number }[];
}

/** @throws PathlightError `unknown-layout`, `missing-column`, `wrong-delimiter`, `not-this-format` */
export function recognise(parcel: Parcel, choices: RecogniseChoices = {}, presets: readonly ImportPreset[] = []): Recognised {
  const seen = withHeaderLine(parcel, choices.headerLine);
  if (choices.mapping)
    return {
      format: mapsSkillsOnly(choices.mapping) ? questionSkills : mapped,
      recognition: byMapping(seen, choices.mapping),
      others: [],
    };
  const found = FORMATS.flatMap((format) => {
    const recognition = format.recognise(seen);
    return recognition && recognition.certainty >= 0.5 ? [{ format, recognition }] : [];
  }).sort((a, b) => b.recognition.certainty - a.recognition.certainty);
  const preset = choices.format === undefined || choices.format === 'mapped' ? presetFor(seen, presets) : undefined;
  if (preset && (found[0]?.recognition.certainty ?? 0) < 0.8)
    return {
      format: mapped,
      ...preset,
      others: found.map(({ format, recognition }) => ({ format: format.name, certainty: recognition.certainty })),
    };
  const chosen = choices.format ? found.find(({ format }) => format.name === choices.format) : found[0];
  const others = found
    .filter((each) => each !== chosen)
    .map(({ format, recognition }) => ({ format: format.name, certainty: recognition.certainty }));
  if (chosen) return { ...chosen, others };
  if (choices.format)
    throw new PathlightError(
      'not-this-format',
      `${parcel.file} lacks the columns that a file of this kind has. Choose another kind, or say what its columns mean.`,
      {
        file: parcel.file,
      },
    );
  refuseScoresOnly(parcel);
  explainUnknown(parcel, seen.sheets[0]);
}

/** The newest mapping whose columns are all there. */
function presetFor(
  parcel: Parcel,
  presets: readonly ImportPreset[],
): { readonly recognition: Recognition; readonly preset: ImportPreset } | undefined {
  for (const preset of presets) {
    const { columns, file, decimal } = preset;
    const used = Object.keys(columns).filter((column) => columns[column] !== '');
    const fits = parcel.sheets.some((sheet) =>
      sheet.head.slice(0, 25).some((row) => used.every((column) => row.cells.includes(column))),
    );
    if (used.length === 0 || !fits) continue;
    const mapped = byMapping(parcel, columns);
    const sheet = mapped.sheet.decimal === undefined && decimal !== undefined ? { ...mapped.sheet, decimal } : mapped.sheet;
    return { preset, recognition: { ...mapped, sheet, certainty: 0.8, because: { code: 'preset', detail: { file } } } };
  }
  return undefined;
}

/** The tables as if they began with the line that the person named. */
function withHeaderLine(parcel: Parcel, line: number | undefined): Parcel {
  if (line === undefined) return parcel;
  return { ...parcel, sheets: parcel.sheets.map((sheet) => ({ ...sheet, head: sheet.head.filter((row) => row.line >= line) })) };
}

/** @throws PathlightError `missing-column` where the mapping names a column that is not there */
function byMapping(parcel: Parcel, mapping: Readonly<Record<string, string>>): Recognition {
  const wanted = Object.keys(mapping);
  let best: { found: number; recognition: Recognition } | undefined;
  for (const sheet of parcel.sheets)
    for (const row of sheet.head.slice(0, 25)) {
      const meanings = new Map<number, string>();
      row.cells.forEach((cell, index) => {
        const meaning = mapping[cell];
        if (meaning !== undefined && meaning !== '') meanings.set(index, meaning);
      });
      const found = wanted.filter((column) => row.cells.includes(column)).length;
      if (found > (best?.found ?? 0))
        best = {
          found,
          recognition: {
            format: 'mapped',
            certainty: 1,
            because: { code: 'mapped', detail: { columns: wanted.join(', '), line: row.line } },
            sheet,
            header: row,
            meanings,
          },
        };
    }
  const missing = wanted.filter((column) => mapping[column] !== '' && !best?.recognition.header.cells.includes(column));
  if (!best || missing.length > 0)
    throw new PathlightError(
      'missing-column',
      `${parcel.file}: the column ${missing.map((each) => `"${each}"`).join(', ')} is not there.`,
      {
        file: parcel.file,
        line: 1,
        column: missing.join(', '),
        columns: (parcel.sheets[0]?.head[0]?.cells ?? []).join(', ').slice(0, 120),
      },
    );
  return best.recognition;
}
