import { useState } from 'react';
import type { HistoryModel, ModelHistory } from '../../../shared/contract/trust.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button, LinkButton } from '../../components/button.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Section } from '../../components/page.tsx';
import { Banner, Loaded, Problem } from '../../components/states.tsx';
import { useAction } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import type { Format } from '../../i18n/format.ts';
import { useWords } from '../../i18n/use-words.ts';
import type { Translate } from '../../i18n/words.ts';

export const modelName = ({ trainedAt }: Pick<HistoryModel, 'trainedAt'>, t: Translate, format: Format): string =>
  trainedAt === null ? t('modelHistory.starter') : t('modelHistory.of', { date: format.exactTime(trainedAt) });

function ModelTable(properties: {
  readonly models: readonly HistoryModel[];
  readonly busy: boolean;
  readonly onUse: (model: HistoryModel) => void;
  readonly onRemove: (model: HistoryModel) => void;
}) {
  const { models, busy, onUse, onRemove } = properties;
  const { t, format, code } = useWords();
  const named = (model: HistoryModel): string => modelName(model, t, format);
  return (
    <DataTable
      label={t('modelHistory.title')}
      rows={models}
      rowKey={({ id }) => id ?? 'starter'}
      columns={[
        { title: t('modelHistory.model'), cell: named },
        {
          title: t('modelHistory.learnedFrom'),
          cell: ({ kind, students, answers, unusable }) =>
            kind === 'starter' || unusable !== null
              ? t('app.dash')
              : format.list([t('terms.students', { count: students }), t('terms.answers', { count: answers })]),
        },
        { title: t('modelHistory.learner'), cell: ({ learner }) => code('modelHistory.learners', learner, {}, learner) },
        {
          title: t('modelHistory.auc'),
          cell: ({ judged }) =>
            judged === null || judged.auc === null
              ? t('app.dash')
              : t('modelHistory.aucAfter', {
                  auc: format.number(judged.auc, 3),
                  after: t('terms.answers', { count: judged.after }),
                }),
        },
        {
          title: t('modelHistory.size'),
          cell: ({ bytes }) => <span className="nowrap">{format.bytes(bytes)}</span>,
          numeric: true,
        },
        {
          title: t('modelHistory.state'),
          cell: (model) =>
            model.inUse ? (
              <span className="in-use-mark">{t('modelHistory.inUse')}</span>
            ) : (
              <span className="row-actions">
                {model.unusable === null ? (
                  <Button
                    kind="quiet"
                    isDisabled={busy}
                    aria-label={t('modelHistory.useThis', { model: named(model) })}
                    onPress={() => onUse(model)}
                  >
                    {t('modelHistory.use')}
                  </Button>
                ) : (
                  t(`modelHistory.unusable.${model.unusable}`)
                )}
                {model.id === null || model.unusable !== null ? null : (
                  <LinkButton
                    kind="quiet"
                    label={t('modelHistory.lookAt', { model: named(model) })}
                    to={{ screen: 'older-model', modelId: model.id }}
                  >
                    {t('modelHistory.look')}
                  </LinkButton>
                )}
                {model.id === null ? null : (
                  <Button
                    kind="quiet"
                    isDisabled={busy}
                    aria-label={t('modelHistory.removeThis', { model: named(model) })}
                    onPress={() => onRemove(model)}
                  >
                    {t('modelHistory.remove')}
                  </Button>
                )}
              </span>
            ),
        },
      ]}
    />
  );
}

function Uses({ history }: { readonly history: ModelHistory }) {
  const { t, format } = useWords();
  const models = new Map(history.models.map((model) => [model.id, model]));
  if (history.uses.length < 2) return null;
  return (
    <details className="chart-table">
      <summary>{t('modelHistory.uses')}</summary>
      <DataTable
        label={t('modelHistory.uses')}
        rows={history.uses}
        rowKey={(_, index) => index}
        columns={[
          { title: t('modelHistory.usedSince'), cell: ({ since }) => format.exactTime(since) },
          {
            title: t('modelHistory.model'),
            cell: ({ modelId }) => {
              const model = models.get(modelId);
              return model === undefined ? t('modelHistory.unusable.removed') : modelName(model, t, format);
            },
          },
          { title: t('modelHistory.reason'), cell: ({ reason }) => t(`modelHistory.reasons.${reason}`) },
        ]}
      />
    </details>
  );
}

/** Every model that was trained here: look at one, take it into use, delete it. */
export function HistorySection() {
  const { t, format } = useWords();
  const history = useRoute('models.history', {});
  const use = useAction('models.use');
  const remove = useAction('models.remove');
  const announce = useAnnounce();
  const [asked, setAsked] = useState<HistoryModel>();
  const [said, setSaid] = useState<string>();
  const say = (text: string): void => {
    setSaid(text);
    announce(text);
  };
  const own = history.data?.models.filter(({ kind }) => kind === 'own').length ?? 0;
  const note =
    history.data === undefined
      ? undefined
      : own === 0
        ? t('modelHistory.noteNone')
        : t('modelHistory.note', { count: own, size: format.bytes(history.data.bytes) });
  return (
    <Section title={t('modelHistory.title')} note={note}>
      {said === undefined ? null : (
        <Banner tone="good" onDismiss={() => setSaid(undefined)}>
          <p>{said}</p>
        </Banner>
      )}
      {use.error === undefined ? null : <Problem failure={use.error} />}
      {remove.error === undefined ? null : <Problem failure={remove.error} />}
      <Loaded state={history}>
        {(data) => (
          <>
            <ModelTable
              models={data.models}
              busy={use.busy || remove.busy}
              onUse={(model) =>
                void use.run({ modelId: model.id }).then((done) => {
                  if (done) say(t('modelHistory.used', { model: modelName(model, t, format) }));
                })
              }
              onRemove={setAsked}
            />
            {data.models.some(({ judged }) => typeof judged?.auc === 'number') ? (
              <p className="note">{t('card.aucMeans')}</p>
            ) : null}
            <Uses history={data} />
          </>
        )}
      </Loaded>
      {asked === undefined ? null : (
        <Dialog
          role="alertdialog"
          open
          title={t('modelHistory.removeTitle')}
          onClose={() => setAsked(undefined)}
          footer={
            <>
              <Button onPress={() => setAsked(undefined)}>{t('app.cancel')}</Button>
              <Button
                kind="danger"
                isPending={remove.busy}
                onPress={() =>
                  void remove.run({ modelId: asked.id! }).then((done) => {
                    setAsked(undefined);
                    if (done) say(t('modelHistory.removed', { model: modelName(asked, t, format) }));
                  })
                }
              >
                {t('modelHistory.removeConfirm')}
              </Button>
            </>
          }
        >
          <p>{t('modelHistory.removeText', { model: modelName(asked, t, format) })}</p>
        </Dialog>
      )}
    </Section>
  );
}
