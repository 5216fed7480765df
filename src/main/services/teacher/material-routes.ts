import type { RouteInput, RouteOutput } from '../../../shared/contract/index.ts';
import { PathlightError } from '../../../shared/errors.ts';
import type { StagedFiles } from '../files.ts';
import type { Clock, Gradebook } from '../ports.ts';
import { createMaterial } from './material.ts';

/** Nothing that a browser would open by itself, whatever the file is. */
const AS_A_FILE = 'application/octet-stream';

/** What a window does with a teacher's material. */
export function materialHandlers(options: {
  readonly gradebook: Gradebook;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly files: StagedFiles;
  /** To be called after each write: windows read again. */
  readonly noticeChange: () => void;
}) {
  const { gradebook, clock, files, noticeChange } = options;
  const material = createMaterial(options);
  const noticed = <Result>(result: Result): Result => {
    noticeChange();
    return result;
  };
  return {
    'material.list': () => ({
      material: [...gradebook.read.material().values()].flat().map((each) => ({ ...each })),
    }),
    'material.add': ({ skill, title, strategy, source }: RouteInput<'material.add'>) => {
      if ('address' in source) return noticed({ ...material.add(skill, title, strategy, source) });
      const { name, bytes } = files.take(source.fileId);
      return noticed({ ...material.add(skill, title, strategy, { fileName: name, bytes }) });
    },
    'material.delete': ({ materialId }: RouteInput<'material.delete'>) => {
      gradebook.deleteMaterial(materialId, true, clock());
      return noticed({});
    },
    'material.restore': ({ materialId }: RouteInput<'material.restore'>) => {
      gradebook.deleteMaterial(materialId, false, clock());
      return noticed({});
    },
    'material.file': ({ materialId }: RouteInput<'material.file'>) => {
      const file = gradebook.read.materialFile(materialId);
      if (!file) throw new PathlightError('no-such-material', 'This file is not in the gradebook any more.');
      const handle = files.add(file.name, file.bytes, AS_A_FILE);
      return { fileId: handle.id, name: handle.name, mime: AS_A_FILE };
    },
    'material.export': () => {
      const mime = 'text/csv; charset=utf-8';
      const handle = files.add('material.csv', new TextEncoder().encode(material.toCsv()), mime);
      return { fileId: handle.id, name: handle.name, mime };
    },
    'material.import': ({ fileId }: RouteInput<'material.import'>): RouteOutput<'material.import'> => {
      const { name, bytes } = files.take(fileId);
      const { added, known, refused } = material.fromCsv(name, bytes);
      return noticed({ added, known, refused: refused.map((each) => ({ ...each })) });
    },
  };
}
