import type { Diagnostics } from '../../../shared/contract/model.ts';
import type { Feedback, ModelCard } from '../../../shared/contract/trust.ts';
import type { Format } from '../../i18n/format.ts';
import { LANGUAGE_TAGS } from '../../i18n/language.ts';
import type { Translate } from '../../i18n/words.ts';
import { calibrationSentence, groupSentence, modelSentences } from './model-sentence.ts';
import { figuresOf, firstWindow, pointsOf } from './report-reading.ts';

type Section = ModelCard['sections'][number];

const section = (title: string, rest: Partial<Omit<Section, 'title'>>): Section => ({
  title,
  paragraphs: [],
  points: [],
  table: null,
  ...rest,
});

function learned({ model, provenance }: Diagnostics, t: Translate, format: Format): string[] {
  if (model.kind === 'starter') return [t('card.starterText')];
  return [
    t('card.trainedText', {
      students: t('terms.students', { count: provenance.students }),
      answers: t('terms.answers', { count: provenance.answers }),
      questions: t('terms.questions', { count: provenance.questions }),
      skills: t('imports.skills', { count: provenance.skills }),
      date: model.trainedAt === null ? t('app.dash') : format.date(model.trainedAt),
    }),
    provenance.profileFields.length === 0
      ? t('card.profileNone')
      : t('card.profileRead', { fields: format.list(provenance.profileFields) }),
  ];
}

function accuracy(diagnostics: Diagnostics, t: Translate, format: Format): Section {
  const { report, bestBaseline } = diagnostics;
  const points = pointsOf(report, firstWindow(report));
  if (points.length === 0) return section(t('card.accuracy'), { paragraphs: [t('card.notJudged')] });
  const number = (value: number | null | undefined): string =>
    value === null || value === undefined ? t('app.dash') : format.number(value, 3);
  const judged = t('card.judged', { students: t('terms.students', { count: points[0]?.students ?? 0 }) });
  return section(t('card.accuracy'), {
    paragraphs: [judged, ...modelSentences(diagnostics, t, format), t('card.aucMeans')],
    table: {
      head: [t('card.after'), `AUC, ${t('card.ours')}`, `AUC, ${t('card.baseline')}`, t('card.error')],
      rows: points.map((point) => [
        format.number(point.after),
        number(point.figures[0]?.auc),
        number(figuresOf(point, bestBaseline)?.auc),
        format.percent(point.figures[0]?.ece ?? 0, 1),
      ]),
    },
  });
}

function calibration({ report, reliability }: Diagnostics, t: Translate, format: Format): Section[] {
  if (reliability.length === 0) return [];
  return [
    section(t('card.calibration'), {
      paragraphs: [calibrationSentence(pointsOf(report, firstWindow(report)), t, format)],
      table: {
        head: [t('card.said'), t('card.came'), t('card.interval'), t('card.answers')],
        rows: reliability.map(({ forecast, observed, low, high, answers }) => [
          format.percent(forecast),
          format.percent(observed),
          `${format.percent(low)} – ${format.percent(high)}`,
          format.number(answers),
        ]),
      },
    }),
  ];
}

/** What the model itself forecast against what came, day by day taken together. */
function lately(forecasts: Feedback['forecasts'], modelId: string | null, t: Translate, format: Format): Section[] {
  const own = forecasts?.occasions.filter((occasion) => occasion.modelId === modelId) ?? [];
  const [first] = own;
  if (first === undefined) return [];
  const answers = own.reduce((sum, occasion) => sum + occasion.answers, 0);
  const mean = (of: (occasion: (typeof own)[number]) => number): string =>
    format.percent(own.reduce((sum, occasion) => sum + of(occasion) * occasion.answers, 0) / answers);
  const text = t('card.latelyText', {
    answers: t('terms.answers', { count: answers }),
    date: format.date(first.at),
    forecast: mean(({ forecast }) => forecast),
    right: mean(({ right }) => right),
  });
  return [section(t('card.lately'), { paragraphs: [text] })];
}

/**
 * A model card (Mitchell et al. 2019, Model cards for model reporting) in the reader's words.
 * @param forecasts what was forecast against what came, by all models; null where nothing came
 */
export function modelCard(
  diagnostics: Diagnostics,
  forecasts: Feedback['forecasts'],
  about: { readonly version: string; readonly now: number; readonly paper: ModelCard['paper'] },
  t: Translate,
  format: Format,
): ModelCard {
  const { report, bestBaseline } = diagnostics;
  const thirds = groupSentence(
    report.groups.filter(({ name }) => name !== 'seen' && name !== 'unseen'),
    bestBaseline,
    t,
    format,
  );
  return {
    language: LANGUAGE_TAGS[format.language],
    title: t('card.title'),
    subtitle: t('card.subtitle'),
    sections: [
      section(t('card.what'), { paragraphs: [t('card.whatText')] }),
      section(t('card.use'), { paragraphs: [t('card.useText')] }),
      section(t('card.mustNot'), {
        points: [t('card.mustNotText.one'), t('card.mustNotText.two'), t('card.mustNotText.three'), t('card.mustNotText.four')],
      }),
      section(t('card.trained'), { paragraphs: learned(diagnostics, t, format) }),
      ...(diagnostics.model.kind === 'starter' ? [] : [accuracy(diagnostics, t, format), ...calibration(diagnostics, t, format)]),
      ...lately(forecasts, diagnostics.model.id, t, format),
      section(t('card.little'), {
        paragraphs: thirds === '' ? [] : [thirds],
        points: [t('card.littleNew'), t('card.littleSkill'), t('card.littleMarks')],
      }),
      section(t('card.never'), {
        points: [t('card.neverText.one'), t('card.neverText.two'), t('card.neverText.three')],
      }),
    ],
    stamp: t('card.stamp', {
      learner: diagnostics.learner,
      seed: diagnostics.seed,
      version: about.version,
      date: format.exactTime(about.now),
    }),
    paper: about.paper,
  };
}
