import { useMemo, useState } from 'react';
import { GridList, GridListItem, Input, Label, ListLayout, SearchField, Virtualizer } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { ForecastLine } from '../../components/marks.tsx';
import { Page } from '../../components/page.tsx';
import { Loaded, Skeleton } from '../../components/states.tsx';
import { useClassChoice } from '../../data/use-class-id.ts';
import { useKeptText } from '../../data/use-kept.ts';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';
import { goTo } from '../../routing/use-place.ts';
import type { Student } from '../class/heat-map-row.tsx';
import { evidenceWords } from '../student/reason.ts';
import { skillNames } from '../../../shared/skill-names.ts';
import type { SkillNames } from '../../../shared/skill-names.ts';
import { AddStudents } from './add-students.tsx';

const ROW_HEIGHT = 60;

function StudentList({ students, names }: { readonly students: readonly Student[]; readonly names: SkillNames }) {
  const { t, format } = useWords();
  const now = Date.now();
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize: ROW_HEIGHT }}>
      <GridList
        className="student-list"
        aria-label={t('students.list')}
        items={students}
        style={{ blockSize: `min(max(320px, 100vh - 316px), ${ROW_HEIGHT * Math.max(1, students.length)}px)` }}
        renderEmptyState={() => <p className="note">{t('students.nothing')}</p>}
        onAction={(key) => {
          const student = students.find(({ id }) => `s ${id}` === key);
          if (student !== undefined) goTo({ screen: 'student', studentId: student.id, view: 'path' });
        }}
      >
        {(student) => (
          <GridListItem id={`s ${student.id}`} textValue={student.name} className="student-item">
            <span className="student-who">
              <span className="student-name">{student.name}</span>
              <span className="note">
                {student.answers === 0 ? t('terms.noAnswers') : evidenceWords(student, t, format)}
                {student.lastAnswerAt === null
                  ? ''
                  : ` · ${t('students.lastAnswer', { day: format.day(student.lastAnswerAt, now) })}`}
              </span>
            </span>
            <ForecastLine forecast={student.level} enough={student.enough} />
            <span className="student-next">
              <span className="visually-hidden">{t('class.next')}: </span>
              {student.next === null ? t('class.noStep') : names(student.next.skill)}
            </span>
          </GridListItem>
        )}
      </GridList>
    </Virtualizer>
  );
}

/** Everyone in the chosen class, to be found by name. */
export function StudentsScreen() {
  const { t } = useWords();
  const overview = useRoute('classes.overview', useClassChoice());
  const [text, setText] = useKeptText('students.filter');
  const [adding, setAdding] = useState(false);
  const needle = text.trim().toLocaleLowerCase();
  const found = useMemo(
    () => (overview.data?.students ?? []).filter(({ name, id }) => `${name} ${id}`.toLocaleLowerCase().includes(needle)),
    [overview.data, needle],
  );
  return (
    <Page
      title={t('students.title')}
      lead={overview.data === undefined ? <Skeleton lines={1} /> : t('students.lead', { count: overview.data.students.length })}
      actions={
        <Button icon="plus" onPress={() => setAdding(true)}>
          {t('students.add')}
        </Button>
      }
    >
      <Loaded state={overview}>
        {(data) => (
          <>
            <div className="student-search">
              <SearchField className="field" value={text} onChange={setText}>
                <Label className="field-label">{t('students.search')}</Label>
                <Input className="input" placeholder={t('students.placeholder')} />
              </SearchField>
              <span className="note" role="status">
                {needle === '' ? '' : t('students.found', { count: found.length })}
              </span>
            </div>
            <div className="student-columns" aria-hidden="true">
              <span>{t('class.name')}</span>
              <span>{t('class.level')}</span>
              <span>{t('class.next')}</span>
            </div>
            <StudentList students={found} names={skillNames(data.skills)} />
          </>
        )}
      </Loaded>
      {adding ? <AddStudents className={overview.data?.classId ?? ''} onClose={() => setAdding(false)} /> : null}
    </Page>
  );
}
