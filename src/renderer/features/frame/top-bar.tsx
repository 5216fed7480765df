import { Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { Picker } from '../../components/picker.tsx';
import { JobProgress } from '../../components/progress.tsx';
import { useJobs } from '../../data/use-jobs.ts';
import { useRoute } from '../../data/use-route.ts';
import { LANGUAGES, LANGUAGE_NAMES } from '../../i18n/language.ts';
import { useWords } from '../../i18n/use-words.ts';
import { THEMES, usePreferences } from '../../preferences/preferences.tsx';

const EVERYONE = '*';

function ClassSwitch() {
  const { t } = useWords();
  const { preferences, set } = usePreferences();
  const { data } = useRoute('classes.list', {});
  if (data === undefined || data.classes.length === 0) return <span />;
  const chosen = preferences.classId;
  const shown = chosen === null || data.classes.some(({ id }) => id === chosen) ? chosen : data.current;
  return (
    <Picker
      label={t('top.class')}
      hideLabel
      value={typeof shown === 'string' ? `c ${shown}` : EVERYONE}
      options={[
        { value: EVERYONE, label: t('top.everyone'), note: t('terms.students', { count: data.students }) },
        ...data.classes.map(({ id, name, students }) => ({
          value: `c ${id}`,
          label: name,
          note: t('terms.students', { count: students }),
        })),
      ]}
      onChange={(value) => set({ classId: value === EVERYONE ? null : value.slice(2) })}
    />
  );
}

function RunningJobs() {
  const { t, format } = useWords();
  const running = useJobs().filter(({ job }) => job.state === 'running');
  const first = running[0];
  if (first === undefined) return null;
  return (
    <DialogTrigger>
      <Button kind="quiet">
        <span className="pulse" aria-hidden="true" />
        <span className="top-job">
          {t(`jobs.kind.${first.job.kind}`)} {format.percent(first.job.fraction)}
          {first.job.remainingMs === null ? '' : ` · ${t('jobs.remaining', { time: format.duration(first.job.remainingMs) })}`}
        </span>
      </Button>
      <Popover className="popover popover-jobs" placement="bottom end">
        <Dialog className="jobs" aria-label={t('jobs.title')}>
          <h2>{t('jobs.title')}</h2>
          {running.map(({ job }) => (
            <JobProgress key={job.id} job={job} />
          ))}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}

/** Class, search, what runs in the background, language and theme. */
export function TopBar({ onSearch }: { readonly onSearch: () => void }) {
  const { t } = useWords();
  const { preferences, set } = usePreferences();
  const command = /mac/i.test(navigator.userAgent) ? '⌘K' : 'Ctrl K';
  return (
    <header className="top" aria-label={t('top.label')}>
      <ClassSwitch />
      <Button kind="plain" icon="search" onPress={onSearch}>
        <span className="top-search-word">{t('top.search')}</span>
        <kbd>{command}</kbd>
      </Button>
      <span className="top-space" />
      <RunningJobs />
      <Picker
        label={t('top.language')}
        hideLabel
        icon="language"
        value={preferences.language}
        options={LANGUAGES.map((language) => ({ value: language, label: LANGUAGE_NAMES[language] }))}
        onChange={(language) => set({ language })}
      />
      <Picker
        label={t('top.theme')}
        hideLabel
        icon="theme"
        value={preferences.theme}
        options={THEMES.map((theme) => ({ value: theme, label: t(`top.themes.${theme}`) }))}
        onChange={(theme) => set({ theme })}
      />
    </header>
  );
}
