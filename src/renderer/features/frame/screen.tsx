import { Suspense, lazy } from 'react';
import { Loaded, Skeleton } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import type { Place } from '../../routing/place.ts';
import { BackupsScreen } from '../backups/backups-screen.tsx';
import { RecoveryScreen } from '../backups/recovery-screen.tsx';
import { ClassScreen } from '../class/class-screen.tsx';
import { GradebookScreen } from '../gradebook/gradebook-screen.tsx';
import { ImportsScreen } from '../imports/imports-screen.tsx';
import { LessonScreen } from '../lesson/lesson-screen.tsx';
import { PlansScreen } from '../plans/plans-screen.tsx';
import { QuestionsScreen } from '../questions/questions-screen.tsx';
import { ComputingScreen } from '../settings/computing-screen.tsx';
import { SettingsScreen } from '../settings/settings-screen.tsx';
import { SkillsScreen } from '../skills/skills-screen.tsx';
import { StudentScreen } from '../student/student-screen.tsx';
import { StudentsScreen } from '../students/students-screen.tsx';
import { WelcomeScreen } from '../welcome/welcome-screen.tsx';

/** Fetched when first looked at: they are mostly charts. */
const ModelScreen = lazy(() => import('../model/model-screen.tsx').then((module) => ({ default: module.ModelScreen })));
const OlderModelScreen = lazy(() => import('../model/model-screen.tsx').then((module) => ({ default: module.OlderModelScreen })));
const FeedbackScreen = lazy(() =>
  import('../feedback/feedback-screen.tsx').then((module) => ({ default: module.FeedbackScreen })),
);

/** The screen of a place; an empty gradebook is welcomed instead of showing empty tables. */
export function ScreenOf({ place }: { readonly place: Place }) {
  const status = useRoute('system.status', {});
  if (status.data !== undefined && status.data.recovery !== null && place.screen !== 'settings')
    return <RecoveryScreen trouble={status.data.recovery} />;
  if (place.screen === 'settings') return <SettingsScreen />;
  if (place.screen === 'computing') return <ComputingScreen />;
  if (place.screen === 'backups') return <BackupsScreen />;
  if (place.screen === 'imports') return <ImportsScreen />;
  return (
    <Loaded state={status}>
      {({ gradebook }) =>
        gradebook.students === 0 && gradebook.answers === 0 && place.screen !== 'model' && place.screen !== 'older-model' ? (
          <WelcomeScreen />
        ) : (
          <FilledScreen place={place} />
        )
      }
    </Loaded>
  );
}

function FilledScreen({ place }: { readonly place: Place }) {
  switch (place.screen) {
    case 'students':
      return <StudentsScreen />;
    case 'student':
      return <StudentScreen studentId={place.studentId} view={place.view} />;
    case 'gradebook':
      return <GradebookScreen />;
    case 'skills':
      return <SkillsScreen />;
    case 'questions':
      return <QuestionsScreen view={place.view} />;
    case 'lesson':
      return <LessonScreen />;
    case 'plans':
      return <PlansScreen />;
    case 'model':
      return (
        <Suspense fallback={<Skeleton />}>
          <ModelScreen />
        </Suspense>
      );
    case 'older-model':
      return (
        <Suspense fallback={<Skeleton />}>
          <OlderModelScreen modelId={place.modelId} />
        </Suspense>
      );
    case 'feedback':
      return (
        <Suspense fallback={<Skeleton />}>
          <FeedbackScreen />
        </Suspense>
      );
    default:
      return <ClassScreen />;
  }
}
