import { PathlightError } from '../../../../shared/errors.ts';
import type { ContentBuilder } from '../content.ts';
import { Refusal } from '../content.ts';
import type { Parcel } from '../source/parcel.ts';
import { bodyRows, findHeader, ignoreRest } from './format.ts';
import type { Format, Recognition } from './format.ts';
import { columnsOf, refuseDouble } from './pathlight-words.ts';
import { Row } from './row.ts';

/*
 * Skills and prerequisites. CASE (1EdTech) JSON: a package { CFDocument, CFItems, CFAssociations }, where an association of the type
 * `precedes` says that its origin comes before its destination. Or CSV: `skill,name,…` and `skill,prerequisite`.
 */
export const caseFormat: Format = {
  name: 'case',

  recognise(parcel): Recognition | undefined {
    if (parcel.container === 'json') {
      const found = packageOf(parcel.json);
      if (!found) return undefined;
      const document = record(found['CFDocument']);
      return {
        format: 'case',
        certainty: 0.99,
        because: { code: 'case-json', detail: { title: text(document?.['title']) } },
        sheet: { name: '', head: [], encoding: 'UTF-8', delimiter: 'none', rowsAbout: 0, rows: () => undefined },
        header: { cells: [], line: 0 },
        meanings: new Map(),
      };
    }
    return findHeader(
      parcel,
      (header) => {
        const { columns } = columnsOf(header.cells);
        if (!columns.has('skill') || columns.has('student') || columns.has('correct')) return undefined;
        const pair = columns.has('prerequisite');
        if (!pair && !columns.has('name')) return undefined;
        const meanings = new Map<number, string>([[columns.get('skill')!, 'skill']]);
        for (const word of ['name', 'prerequisite']) if (columns.has(word)) meanings.set(columns.get(word)!, word);
        return { certainty: 0.9, meanings };
      },
      'case',
      'skills-csv',
    );
  },

  read(parcel: Parcel, recognition: Recognition, into: ContentBuilder) {
    if (parcel.container === 'json') return readPackage(parcel, into);
    const { columns, twice } = columnsOf(recognition.header.cells);
    refuseDouble(parcel.file, recognition.header.line, twice);
    ignoreRest(recognition.header, recognition.meanings, into);
    const row = new Row(columns, '.', recognition.header.cells.length);
    const named = new Map<string, number>();
    const pairs = new Map<string, number>();
    bodyRows(recognition, (cells, line) => {
      into.row(line, () => {
        row.at(cells.map(unguarded));
        const skill = row.id('skill');
        if (columns.has('name')) {
          const first = named.get(skill);
          if (first !== undefined && !columns.has('prerequisite'))
            throw new Refusal('duplicate-skill', `this skill stands on line ${first} already`, { first });
          if (first === undefined) into.skills.push({ line, skill, name: row.words('name') || skill });
          named.set(skill, line);
        }
        if (!columns.has('prerequisite')) return;
        if (columns.has('name') && row.words('prerequisite') === '') return;
        const prerequisite = row.id('prerequisite');
        if (skill === prerequisite)
          throw new Refusal('own-prerequisite', `the skill "${skill}" cannot be its own prerequisite`, { skill });
        const first = pairs.get(`${skill}\u001f${prerequisite}`);
        if (first !== undefined)
          throw new Refusal('duplicate-prerequisite', `this pair stands on line ${first} already`, { first });
        pairs.set(`${skill}\u001f${prerequisite}`, line);
        into.prerequisites.push({ line, skill, prerequisite });
      });
    });
  },
};

/** Without the apostrophe that our own export puts before what a spreadsheet would run. */
const unguarded = (cell: string): string => cell.replace(/^'(?=[+\-@])/, '');

type Json = Readonly<Record<string, unknown>>;
const record = (value: unknown): Json | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
const records = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record).filter((each) => each !== undefined) : []);
const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';

function packageOf(json: unknown): Json | undefined {
  const root = record(json);
  if (!root) return undefined;
  return [root, record(root['CFPackage'])].find(
    (each) => each && (Array.isArray(each['CFItems']) || Array.isArray(each['CFAssociations'])),
  );
}

/** A node is named by its identifier, in a `…NodeURI` object or as the last part of an address. */
const nodeId = (node: unknown): string => {
  const object = record(node);
  const id = object ? text(object['identifier']) || text(object['uri']) : text(node);
  return id.slice(id.lastIndexOf('/') + 1);
};

/** @throws PathlightError `empty-file` */
function readPackage(parcel: Parcel, into: ContentBuilder): void {
  const found = packageOf(parcel.json)!;
  const items = new Map<string, string>();
  const used = new Set<string>();
  const parents = new Set<string>();
  const associations = records(found['CFAssociations']);
  for (const association of associations)
    if (text(association['associationType']).toLowerCase() === 'ischildof')
      parents.add(nodeId(association['destinationNodeURI']));
  records(found['CFItems']).forEach((item, index) => {
    const id = text(item['identifier']) || nodeId(item['uri']);
    into.row(index + 1, () => {
      if (id === '') throw new Refusal('missing-value', 'identifier is empty', { column: 'identifier' });
      const code = text(item['humanCodingScheme']) || id;
      // Two items may carry one code; the identifier then keeps them apart.
      const skill = (used.has(code) ? id : code).slice(0, 200);
      used.add(skill);
      items.set(id, skill);
      // Headings hold skills and are none themselves.
      if (
        parents.has(id) &&
        /^(domain|cluster|grade level|strand|subject|heading|grade|course)$/i.test(text(item['CFItemType']))
      ) {
        into.count('headings', 'items');
        items.delete(id);
        return;
      }
      const statement = text(item['abbreviatedStatement']) || text(item['fullStatement']);
      into.skills.push({ line: index + 1, skill, name: statement === '' ? skill : statement.slice(0, 400) });
    });
  });
  const pairs = new Set<string>();
  associations.forEach((association, index) => {
    if (text(association['associationType']).toLowerCase() !== 'precedes') return;
    into.row(index + 1, () => {
      const [origin, destination] = [nodeId(association['originNodeURI']), nodeId(association['destinationNodeURI'])];
      const [prerequisite, skill] = [items.get(origin), items.get(destination)];
      if (prerequisite === undefined || skill === undefined) return into.count('outside-items', 'associations');
      if (skill === prerequisite)
        throw new Refusal('own-prerequisite', `the skill "${skill}" cannot be its own prerequisite`, { skill });
      const key = `${skill}\u001f${prerequisite}`;
      if (pairs.has(key)) return;
      pairs.add(key);
      into.prerequisites.push({ line: index + 1, skill, prerequisite });
    });
  });
  if (into.skills.length === 0 && into.prerequisites.length === 0)
    throw new PathlightError('empty-file', `${parcel.file} holds no items. Check the export and import it again.`, {
      file: parcel.file,
    });
}
