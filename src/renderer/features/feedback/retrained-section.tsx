import type { ModelHistory } from '../../../shared/contract/trust.ts';
import { Section } from '../../components/page.tsx';
import { Loaded, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

/** The model in use and the one that spoke before it and can still be asked; undefined where there is none. */
export function lastTwo({
  models,
  uses,
}: ModelHistory): { readonly before: string | null; readonly now: string | null } | undefined {
  const now = models.find(({ inUse }) => inUse);
  if (!now || uses.length === 0) return undefined;
  const usable = new Set(models.filter(({ unusable }) => unusable === null).map(({ id }) => id));
  const earlier = [...uses.map(({ modelId }) => modelId), null];
  const before = earlier.find((id) => id !== now.id && usable.has(id));
  return before === undefined ? undefined : { before, now: now.id };
}

function Effect({ before, now }: { readonly before: string | null; readonly now: string | null }) {
  const { t, format } = useWords();
  const state = useRoute('models.compare', { first: before, second: now });
  return (
    <Loaded state={state} skeleton={<Skeleton lines={2} />}>
      {({ result }) => {
        if (result === null) return <p className="note">{t('retrained.none')}</p>;
        const { difference, logLoss } = result;
        const verdict = difference.low > 0 ? 'better' : difference.high < 0 ? 'worse' : 'equal';
        const number = (value: number) => format.number(value, 3);
        return (
          <>
            <p className="finding">{t(`retrained.${verdict}`)}</p>
            <p className="note">
              {t('retrained.figures', {
                second: number(logLoss.second),
                first: number(logLoss.first),
                difference: number(difference.value),
                low: number(difference.low),
                high: number(difference.high),
                answers: t('terms.answers', { count: result.answers }),
                students: t('terms.students', { count: result.students }),
              })}
            </p>
          </>
        );
      }}
    </Loaded>
  );
}

/** Whether the model in use is better than the one before it; nothing where there was none. */
export function RetrainedSection() {
  const { t } = useWords();
  const history = useRoute('models.history', {});
  const pair = history.data && lastTwo(history.data);
  if (!pair) return null;
  return (
    <Section title={t('retrained.title')} note={t('retrained.note')}>
      <Effect {...pair} />
    </Section>
  );
}
