import type { RouteInput, RouteOutput } from '../../../shared/contract/index.ts';
import { fileName } from '../file-name.ts';
import type { StagedFiles } from '../files.ts';
import type { Models } from '../models.ts';
import type { Printer } from '../plans/printer.ts';
import type { Clock, Gradebook } from '../ports.ts';
import { cardToHtml } from './card.ts';
import { compareModels } from './compare-models.ts';
import { createFeedback } from './feedback.ts';
import { createModelHistory } from './history.ts';
import { recordForecasts } from './prequential.ts';

export interface TrustOptions {
  readonly folder: string;
  readonly resources: string;
  readonly gradebook: Gradebook;
  readonly models: Models;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly files: StagedFiles;
  readonly printer: Printer;
  /** Called after another model was taken into use. */
  readonly onModelChanged: () => void;
}

/** What a window asks about whether the program was right, and about the models that it has had. */
export function trustHandlers(options: TrustOptions) {
  const { gradebook, models, clock, files, printer } = options;
  const feedback = createFeedback({ gradebook, models, clock });
  const history = createModelHistory({ ...options, beforeRemoval: () => recordForecasts({ gradebook, models, clock }) });
  return {
    'feedback.get': () => feedback.get(),
    'models.history': () => history.list(),
    'models.diagnostics': ({ modelId }: RouteInput<'models.diagnostics'>) => models.diagnostics(modelId),
    'models.use': ({ modelId }: RouteInput<'models.use'>) => {
      history.use(modelId);
      options.onModelChanged();
      return history.list();
    },
    'models.remove': async ({ modelId }: RouteInput<'models.remove'>) => {
      await history.remove(modelId);
      options.onModelChanged();
      return history.list();
    },
    'models.compare': async ({ first, second }: RouteInput<'models.compare'>) => ({
      result: (await compareModels({ read: gradebook.read, models, clock, first, second })) ?? null,
    }),
    'models.card': async (card: RouteInput<'models.card'>) => ({
      html: await printer.page(cardToHtml(card, gradebook.read.school())),
    }),
    'models.saveCard': async (input: RouteInput<'models.saveCard'>): Promise<RouteOutput<'models.saveCard'>> => {
      const { format, paper, name } = input;
      const html = cardToHtml(input, gradebook.read.school());
      const mime = format === 'pdf' ? 'application/pdf' : 'text/html; charset=utf-8';
      const bytes = await printer.file(format, html, paper);
      const handle = files.add(`${fileName(name)}.${format}`, bytes, mime);
      return { fileId: handle.id, name: handle.name, mime };
    },
  };
}
