import { useState } from 'react';
import type { Diagnostics } from '../../../shared/contract/model.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { SaveMenu } from '../../components/save-menu.tsx';
import { useApplication } from '../../data/application-context.tsx';
import { toFailure } from '../../data/use-action.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { printPage } from '../plans/print-page.ts';
import { modelCard } from './card-words.ts';

const KINDS = ['printA4', 'printLetter', 'saveHtml', 'savePdfA4', 'savePdfLetter'] as const;
type Kind = (typeof KINDS)[number];

const isPdf = (kind: Kind): boolean => kind.startsWith('savePdf');

/** Prints or saves the model card, by the same road as study plans. */
export function CardMenu({ diagnostics }: { readonly diagnostics: Diagnostics }) {
  const { t, format, failure } = useWords();
  const { api } = useApplication();
  const status = useRoute('system.status', {});
  const announce = useAnnounce();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string>();

  const make = async (kind: Kind): Promise<string | undefined> => {
    const failed = (reason: Parameters<typeof failure>[0]): string => t('card.failed', { reason: failure(reason) });
    const feedback = await api.call('feedback.get', {});
    if (!feedback.ok) return failed(feedback.error);
    const about = {
      version: status.data?.version ?? '',
      now: Date.now(),
      paper: kind.endsWith('Letter') ? ('letter' as const) : ('a4' as const),
    };
    const card = modelCard(diagnostics, feedback.data.forecasts, about, t, format);
    if (kind === 'printA4' || kind === 'printLetter') {
      const page = await api.call('models.card', card);
      if (!page.ok) return failed(page.error);
      await printPage(page.data.html);
      return undefined;
    }
    const file = await api.call('models.saveCard', { ...card, format: isPdf(kind) ? 'pdf' : 'html', name: t('card.title') });
    if (!file.ok) return failed(file.error);
    const { saved } = await api.saveFile(file.data.fileId);
    return saved ? t('card.saved') : undefined;
  };

  return (
    <>
      <SaveMenu
        label={t('card.menu')}
        busy={busy}
        kinds={KINDS.filter((kind) => api.host === 'electron' || !isPdf(kind)).map((kind) => ({
          kind,
          label: t(`card.${kind}`),
        }))}
        onChoose={(kind) => {
          setBusy(true);
          void make(kind)
            .catch((reason: unknown) => t('card.failed', { reason: failure(toFailure(reason)) }))
            .then((text) => {
              setBusy(false);
              setSaid(text);
              if (text !== undefined) announce(text);
            });
        }}
      />
      {said === undefined ? null : <p className="note">{said}</p>}
    </>
  );
}
