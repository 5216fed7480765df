export const SCREENS = ['class', 'students', 'gradebook', 'skills', 'plans', 'model', 'feedback', 'imports', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];

/** What the screen of questions and assignments shows. */
export const QUESTIONS_VIEWS = ['list', 'open', 'suggestions', 'rules', 'edits'] as const;
export type QuestionsView = (typeof QUESTIONS_VIEWS)[number];

/** Where the person is. Every place has an address. */
export type Place =
  | { readonly screen: Screen }
  | { readonly screen: 'lesson' }
  | { readonly screen: 'computing' }
  | { readonly screen: 'backups' }
  | { readonly screen: 'older-model'; readonly modelId: string }
  | { readonly screen: 'questions'; readonly view: QuestionsView }
  | { readonly screen: 'student'; readonly studentId: string; readonly view: 'path' | 'answers' };

function isScreen(text: string | undefined): text is Screen {
  return (SCREENS as readonly (string | undefined)[]).includes(text);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Reads an address such as `#/students/17/answers`; anything unknown is the class. */
export function parsePlace(hash: string): Place {
  const [screen, id, view] = hash
    .replace(/^#?\/?/, '')
    .split('/')
    .map(decode);
  if (screen === 'students' && id !== undefined && id !== '') {
    return { screen: 'student', studentId: id, view: view === 'answers' ? 'answers' : 'path' };
  }
  if (screen === 'class' && id === 'lesson') return { screen: 'lesson' };
  if (screen === 'model' && id !== undefined && id !== '') return { screen: 'older-model', modelId: id };
  if (screen === 'settings' && (id === 'computing' || id === 'backups')) return { screen: id };
  if (screen === 'skills' && id === 'questions')
    return { screen: 'questions', view: QUESTIONS_VIEWS.find((each) => each === view) ?? 'list' };
  return { screen: isScreen(screen) ? screen : 'class' };
}

/** The address of a place; the inverse of `parsePlace`. */
export function placeHash(place: Place): string {
  if (place.screen === 'lesson') return '#/class/lesson';
  if (place.screen === 'computing' || place.screen === 'backups') return `#/settings/${place.screen}`;
  if (place.screen === 'older-model') return `#/model/${encodeURIComponent(place.modelId)}`;
  if (place.screen === 'questions') return `#/skills/questions${place.view === 'list' ? '' : `/${place.view}`}`;
  if (place.screen !== 'student') return `#/${place.screen}`;
  return `#/students/${encodeURIComponent(place.studentId)}${place.view === 'answers' ? '/answers' : ''}`;
}

/** The entry of the rail that a place belongs to. */
export function railScreen(place: Place): Screen {
  if (place.screen === 'lesson') return 'class';
  if (place.screen === 'computing' || place.screen === 'backups') return 'settings';
  if (place.screen === 'questions') return 'skills';
  if (place.screen === 'older-model') return 'model';
  return place.screen === 'student' ? 'students' : place.screen;
}
