import { STRATEGIES } from '../../../shared/strategy.ts';
import type { Strategy } from '../../../shared/strategy.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { Material, MaterialRefusal } from '../../../shared/material.ts';
import { stringify, unescapeFormula } from '../csv.ts';
import { CsvReader, detectDelimiter } from '../importing/source/csv.ts';
import { decodeText } from '../importing/source/text.ts';
import type { Clock, Gradebook } from '../ports.ts';
import type { NewMaterial, SkillMaterial } from './ports.ts';

/** A worksheet or a deck of slides, not a film; all of it lies in the gradebook and in each of its backups. */
export const LARGEST_MATERIAL = 10 * 1024 * 1024;
const LONGEST_ADDRESS = 2000;
const LONGEST_TITLE = 200;

export interface MaterialImport {
  readonly added: number;
  /** Rows that say what is there already. */
  readonly known: number;
  readonly refused: readonly { readonly line: number; readonly reason: MaterialRefusal; readonly text: string }[];
}

/** What a teacher has for skills: links and files. */
export interface MaterialService {
  /** @throws PathlightError `no-such-skill`, `bad-address`, `material-too-large` */
  add(
    skill: string,
    title: string,
    strategy: Strategy | null,
    source: { readonly address: string } | { readonly fileName: string; readonly bytes: Uint8Array },
  ): { readonly materialId: string };
  /** Links as `skill,title,url,strategy`; files are left out. */
  toCsv(): string;
  /** Adds the links of such a table, all in one transaction; rows that cannot be are named with their lines. @throws PathlightError `not-material` */
  fromCsv(file: string, bytes: Uint8Array): MaterialImport;
}

/** The address as it is kept. @throws PathlightError `bad-address` where it is none of the web, or holds a password */
export function webAddress(text: string): string {
  const address = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  const fine = address && ['http:', 'https:'].includes(address.protocol) && address.username === '' && address.password === '';
  if (!fine || address.href.length > LONGEST_ADDRESS)
    throw new PathlightError(
      'bad-address',
      'The address must begin with https:// or http://, without a name or password in it; nothing was changed.',
    );
  return address.href;
}

export function createMaterial(options: {
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
}): MaterialService {
  const { gradebook, clock, newId } = options;
  const skills = (): ReadonlyMap<string, string> => new Map(gradebook.read.courseMap().skills.map(({ id, name }) => [id, name]));
  return {
    add(skill, title, strategy, source) {
      if (!skills().has(skill))
        throw new PathlightError('no-such-skill', `There is no skill "${skill}" in the course; nothing was changed.`, { skill });
      if ('bytes' in source && source.bytes.byteLength > LARGEST_MATERIAL)
        throw new PathlightError(
          'material-too-large',
          `${source.fileName} is larger than ${LARGEST_MATERIAL / 1024 / 1024} MB. Put it where a link can lead to it.`,
          { file: source.fileName, megabytes: LARGEST_MATERIAL / 1024 / 1024 },
        );
      const id = newId();
      const kept = 'bytes' in source ? source : { address: webAddress(source.address) };
      gradebook.addMaterial([{ id, skill, title: title.trim(), strategy, at: clock(), source: kept }]);
      return { materialId: id };
    },
    toCsv() {
      const rows = [...gradebook.read.material().values()]
        .flat()
        .flatMap(({ skill, title, address, strategy }) => (address === null ? [] : [[skill, title, address, strategy ?? '']]));
      return `\ufeff${stringify([['skill', 'title', 'url', 'strategy'], ...rows])}`;
    },
    fromCsv(file, bytes) {
      const known = skills();
      const byName = new Map([...known].map(([id, name]) => [name, id]));
      const there = new Set(
        [...gradebook.read.material().values()].flat().map(({ skill, address }) => `${skill}\u001f${address}`),
      );
      const added: NewMaterial[] = [];
      const refused: MaterialImport['refused'][number][] = [];
      let repeated = 0;
      let columns: Columns | undefined;
      eachRow(file, bytes, (cells, line) => {
        if (!columns) {
          columns = columnsOf(file, cells);
          return;
        }
        const cell = (at: number): string => unescapeFormula(cells[at]?.trim() ?? '');
        const named = cell(columns.skill);
        const skill = known.has(named) ? named : byName.get(named);
        const [title, url, way] = [cell(columns.title), cell(columns.url), cell(columns.strategy)];
        const strategy = STRATEGIES.find((each) => each === way) ?? null;
        const refuse = (reason: MaterialRefusal, text: string): void => void refused.push({ line, reason, text });
        if (skill === undefined) return refuse('no-such-skill', named);
        if (way !== '' && strategy === null) return refuse('bad-strategy', way);
        let address: string;
        try {
          address = webAddress(url);
        } catch {
          return refuse('bad-address', url);
        }
        const key = `${skill}\u001f${address}`;
        if (there.has(key)) {
          repeated++;
          return;
        }
        there.add(key);
        added.push({
          id: newId(),
          skill,
          title: (title === '' ? new URL(address).hostname : title).slice(0, LONGEST_TITLE),
          strategy,
          at: clock(),
          source: { address },
        });
      });
      if (added.length > 0) gradebook.addMaterial(added);
      return { added: added.length, known: repeated, refused };
    },
  };
}

/** Material as the planner takes it. */
export const planMaterial = (all: ReadonlyMap<string, readonly SkillMaterial[]>): ReadonlyMap<string, readonly Material[]> =>
  new Map(
    [...all].map(([skill, own]) => [
      skill,
      own.map(({ id, title, address, fileName, strategy }) => ({ id, title, address, fileName, strategy })),
    ]),
  );

interface Columns {
  readonly skill: number;
  readonly title: number;
  readonly url: number;
  /** −1 where there is none. */
  readonly strategy: number;
}

/** @throws PathlightError `not-material` */
function columnsOf(file: string, header: readonly string[]): Columns {
  const names = header.map((name) => name.trim().toLowerCase());
  const found = { skill: names.indexOf('skill'), title: names.indexOf('title'), url: names.indexOf('url') };
  if (Object.values(found).some((at) => at < 0))
    throw new PathlightError(
      'not-material',
      `${file}, line 1: a list of material has the columns skill,title,url (and strategy, if you like); this one has: ${header.join(', ')}. Nothing was changed.`,
      { file, columns: header.join(', ') },
    );
  return { ...found, strategy: names.indexOf('strategy') };
}

function eachRow(file: string, bytes: Uint8Array, visit: (cells: readonly string[], line: number) => void): void {
  const text = decodeText(file, bytes).whole();
  const reader = new CsvReader(file, detectDelimiter(text), (cells, line) => visit(cells, line));
  reader.push(text);
  reader.end();
}
