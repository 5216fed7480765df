import { Button, Choice, LinkButton } from '../../components/button.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Loaded } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { LANGUAGES, LANGUAGE_NAMES } from '../../i18n/language.ts';
import { useWords } from '../../i18n/use-words.ts';
import { THEMES, usePreferences } from '../../preferences/preferences.tsx';
import { useTour } from '../tour/tour-context.tsx';

export function SettingsScreen() {
  const { t } = useWords();
  const { preferences, set } = usePreferences();
  const tour = useTour();
  const status = useRoute('system.status', {});
  const filled = (status.data?.gradebook.students ?? 0) > 0;
  return (
    <Page title={t('settings.title')} lead={t('settings.lead')}>
      <Section title={t('top.language')}>
        <Choice
          label={t('top.language')}
          value={preferences.language}
          options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
          onChange={(language) => set({ language })}
        />
      </Section>
      <Section title={t('top.theme')}>
        <Choice
          label={t('top.theme')}
          value={preferences.theme}
          options={THEMES.map((theme) => ({ value: theme, label: t(`top.themes.${theme}`) }))}
          onChange={(theme) => set({ theme })}
        />
      </Section>
      <Section title={t('computing.title')} note={t('computing.settingsNote')}>
        <LinkButton to={{ screen: 'computing' }}>{t('computing.open')}</LinkButton>
      </Section>
      <Section title={t('backups.title')} note={t('backups.settingsNote')}>
        <LinkButton to={{ screen: 'backups' }}>{t('backups.open')}</LinkButton>
      </Section>
      <Section title={t('tour.name')} note={t(filled ? 'tour.settingsNote' : 'tour.settingsNone')}>
        <Button isDisabled={!filled} onPress={tour.start}>
          {t('tour.start')}
        </Button>
      </Section>
      <Section title={t('settings.folder')} note={t('settings.folderNote')}>
        <Loaded state={status}>
          {({ folder, version, host, gradebook }) => (
            <dl className="facts">
              <dt>{t('settings.folder')}</dt>
              <dd>
                <code>{folder}</code>
              </dd>
              <dt>{t('settings.contents')}</dt>
              <dd>
                {t('settings.contentsText', {
                  students: t('terms.students', { count: gradebook.students }),
                  questions: t('terms.questions', { count: gradebook.questions }),
                  answers: t('terms.answers', { count: gradebook.answers }),
                })}
              </dd>
              <dt>{t('settings.version')}</dt>
              <dd>{version}</dd>
              <dt>{t('settings.host')}</dt>
              <dd>{t(`settings.hosts.${host}`)}</dd>
            </dl>
          )}
        </Loaded>
      </Section>
    </Page>
  );
}
