import { useState } from 'react';
import type { LessonPlan, LessonSheet } from '../../../shared/contract/classroom.ts';
import { Button, LinkButton } from '../../components/button.tsx';
import { Picker } from '../../components/picker.tsx';
import { MaterialLink } from '../../components/material-link.tsx';
import { Page } from '../../components/page.tsx';
import { Banner, Loaded, Skeleton } from '../../components/states.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { LESSON_MINUTES, usePreferences } from '../../preferences/preferences.tsx';
import { placeHash } from '../../routing/place.ts';
import { groupLetter, groupReason, groupTitle } from '../class/group-words.ts';
import { GroupSize } from '../class/groups.tsx';
import { LessonDialog } from './lesson-dialog.tsx';
import { activityWords, groupRows, ownWords, wayWords, lessonSheetOf, materialWords, spanWords } from './lesson-words.ts';

function Together({ plan, part }: { readonly plan: LessonPlan; readonly part: LessonPlan['opening'] }) {
  const { t, format } = useWords();
  return (
    <section className="lesson-together" aria-label={t('lesson.together')}>
      <span className="lesson-when">{spanWords(part, t, format)}</span>
      <p>{activityWords(part, plan, t)}</p>
    </section>
  );
}

function LessonGroupCard(properties: { readonly plan: LessonPlan; readonly index: number; readonly onPrint: () => void }) {
  const { plan, index, onPrint } = properties;
  const { t, format } = useWords();
  const group = plan.groups[index]!;
  const letter = groupLetter(index);
  const material = materialWords(group, t, format);
  const ways = wayWords(group, t, format);
  return (
    <section className="lesson-group" aria-label={t('lesson.groupTitle', { letter, what: groupTitle(group, t) })}>
      <header className="lesson-group-head">
        <h2>{t('lesson.groupTitle', { letter, what: groupTitle(group, t) })}</h2>
        <Button kind="quiet" icon="print" onPress={onPrint}>
          {t('lesson.oneGroup', { letter })}
        </Button>
      </header>
      <p className="note">{groupReason(group, t, format)}</p>
      <dl className="lesson-facts">
        <dt>{t('lesson.who')}</dt>
        <dd className="lesson-who">
          {group.students.map(({ id, name }) => (
            <a key={id} href={placeHash({ screen: 'student', studentId: id, view: 'path' })}>
              {name}
            </a>
          ))}
        </dd>
        <dt>{t('lesson.when')}</dt>
        <dd>
          <ol className="lesson-rows">
            {groupRows(group, plan, t, format).map(({ when, what }) => (
              <li key={`${when} ${what}`}>
                <span className="lesson-when">{when}</span>
                <span>{what}</span>
              </li>
            ))}
          </ol>
        </dd>
        {ways.length === 0 ? null : (
          <>
            <dt>{t('lesson.ways')}</dt>
            <dd>
              {ways.map((way) => (
                <p key={way}>{way}</p>
              ))}
            </dd>
          </>
        )}
        {group.own.length === 0 ? null : (
          <>
            <dt>{t('lesson.yourMaterial')}</dt>
            <dd className="lesson-who">
              {group.own.map((each) => (
                <MaterialLink key={each.id} material={{ ...each, title: ownWords(each, group, t) }} />
              ))}
            </dd>
          </>
        )}
        {material === '' ? null : (
          <>
            <dt>{t('lesson.material')}</dt>
            <dd>{material}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

/** The next lesson of the class: who does what when, with the teacher's way through the groups. */
export function LessonScreen() {
  const { t, format } = useWords();
  const { preferences, set } = usePreferences();
  const choice = useClassChoice();
  const classes = useRoute('classes.list', {});
  const model = useRoute('model.status', {});
  const plan = useRoute('lesson.plan', { ...choice, size: preferences.groupSize, minutes: preferences.lessonMinutes });
  const [sheet, setSheet] = useState<LessonSheet>();
  const [saved, setSaved] = useState<string>();
  const className = classes.data?.classes.find(({ id }) => id === plan.data?.classId)?.name ?? t('class.everyone');

  const open = (only?: number) => {
    if (plan.data === undefined || model.data === undefined) return;
    setSheet(lessonSheetOf({ plan: plan.data, className, model: model.data.model, now: Date.now(), only, t, format }));
  };
  const ready = plan.data !== undefined && plan.data.groups.length > 0 && model.data !== undefined;
  const lead =
    plan.data === undefined ? (
      <Skeleton lines={1} />
    ) : plan.data.groups.length === 0 ? (
      t('lesson.leadNone')
    ) : (
      t('lesson.lead', { count: plan.data.groups.length, minutes: format.minutes(plan.data.minutes) })
    );
  return (
    <Page
      back={{ to: { screen: 'class' }, label: t('lesson.back') }}
      title={t('lesson.title')}
      lead={lead}
      actions={
        ready ? (
          <Button kind="primary" icon="print" onPress={() => open()}>
            {t('lesson.save')}
          </Button>
        ) : undefined
      }
    >
      <div className="lesson-settings no-print">
        <Picker
          label={t('lesson.length')}
          value={String(preferences.lessonMinutes)}
          options={LESSON_MINUTES.map((minutes) => ({ value: String(minutes), label: format.minutes(minutes) }))}
          onChange={(minutes) => set({ lessonMinutes: Number(minutes) })}
        />
        {plan.data?.kept === true ? null : <GroupSize />}
      </div>
      {saved === undefined ? null : (
        <Banner tone="good" onDismiss={() => setSaved(undefined)}>
          <p>{saved}</p>
        </Banner>
      )}
      <Loaded state={plan}>
        {(data) =>
          data.groups.length === 0 ? (
            <LinkButton kind="primary" to={{ screen: 'imports' }}>
              {t('class.noStudentsAction')}
            </LinkButton>
          ) : (
            <>
              {data.kept ? (
                <p className="note">{t('lesson.kept')}</p>
              ) : data.size > preferences.groupSize ? (
                <p className="note">{t('groups.larger', { size: format.number(data.size) })}</p>
              ) : null}
              <Together plan={data} part={data.opening} />
              {data.groups.map((_, index) => (
                <LessonGroupCard key={groupLetter(index)} plan={data} index={index} onPrint={() => open(index)} />
              ))}
              <Together plan={data} part={data.closing} />
            </>
          )
        }
      </Loaded>
      {sheet === undefined ? null : <LessonDialog sheet={sheet} onClose={() => setSheet(undefined)} onSaved={setSaved} />}
    </Page>
  );
}
