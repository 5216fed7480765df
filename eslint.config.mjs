// Who may import whom, and a few rules of taste. A file that no layer covers fails.
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Layers, each named by its files; the first pattern that fits wins. */
const elements = [
  { type: 'shared', pattern: 'src/shared/**', mode: 'file' },
  { type: 'learning', pattern: 'src/learning/**', mode: 'file' },
  { type: 'compute', pattern: 'src/compute/**', mode: 'file' },
  { type: 'processes', pattern: 'src/main/processes/**', mode: 'file' },
  { type: 'trainer-entry', pattern: 'src/main/trainer/{process,ladder,fork,beside,beside-thread}.ts', mode: 'file' },
  { type: 'trainer', pattern: 'src/main/trainer/{messages,client,help}.ts', mode: 'file' },
  { type: 'database', pattern: 'src/main/database/**', mode: 'file' },
  { type: 'ports', pattern: 'src/main/services/{ports,course/ports,teacher/ports,trust/ports,results/ports}.ts', mode: 'file' },
  { type: 'services', pattern: 'src/main/services/**', mode: 'file' },
  { type: 'platform', pattern: 'src/main/platform/**', mode: 'file' },
  { type: 'application', pattern: 'src/main/{application,application-options,recoverable}.ts', mode: 'file' },
  { type: 'hosts', pattern: 'src/main/hosts/**', mode: 'file' },
  { type: 'electron-entry', pattern: 'src/main/index.ts', mode: 'file' },
  { type: 'browser-entry', pattern: 'src/main/{serve,serve-built}.ts', mode: 'file' },
  { type: 'preload', pattern: 'src/preload/**', mode: 'file' },
  {
    type: 'words',
    pattern:
      'src/renderer/{i18n/{create-i18n,format,kept,language,translations,words},locales/**,features/{model/{card-words,model-sentence,report-reading},plans/plan-words,results/result-words,student/{reason,decision-words,explanation-words,schedule-words}}}.ts',
    mode: 'file',
  },
  { type: 'renderer', pattern: 'src/renderer/**', mode: 'file' },
  { type: 'cli', pattern: 'src/cli/**', mode: 'file' },
];

/** What each layer may import of ours, beside itself. */
const allowed = {
  shared: [],
  compute: [],
  learning: ['shared'],
  ports: ['shared'],
  processes: [],
  trainer: ['shared', 'learning', 'processes'],
  'trainer-entry': ['shared', 'learning', 'compute', 'trainer', 'processes'],
  database: ['shared', 'learning', 'ports', 'processes'],
  services: ['shared', 'learning', 'database', 'ports', 'trainer', 'processes'],
  platform: [],
  application: ['shared', 'database', 'services', 'ports', 'trainer'],
  hosts: ['shared', 'services', 'application'],
  'electron-entry': ['shared', 'services', 'application', 'hosts', 'platform', 'trainer-entry', 'processes'],
  'browser-entry': ['services', 'application', 'hosts', 'processes'],
  preload: ['shared'],
  // What screens say, without the screens: the command line says some of it too.
  words: ['shared'],
  renderer: ['shared', 'words'],
  cli: [
    'shared',
    'words',
    'learning',
    'database',
    'services',
    'ports',
    'platform',
    'application',
    'hosts',
    'browser-entry',
    'trainer',
    'trainer-entry',
  ],
};

const never = (files, ignores, message, regex) => ({
  files,
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [{ regex, message }] }] },
});

export default tseslint.config(
  { ignores: ['out/**', 'node_modules/**', 'coverage/**'] },
  ...tseslint.configs.strict,
  {
    rules: {
      // Indexing typed arrays in numeric loops is safe by construction and cannot be written otherwise under noUncheckedIndexedAccess.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-invalid-void-type': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'off',
    },
  },
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'boundaries/elements': elements,
      'boundaries/include': ['src/**/*.{ts,tsx}'],
      'import/resolver': { typescript: { alwaysTryTypes: true } },
    },
    rules: {
      'boundaries/no-unknown-files': 'error',
      'boundaries/no-unknown-dependencies': 'error',
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          policies: Object.entries(allowed).map(([from, allow]) => ({
            from: { element: { type: from } },
            allow: [from, ...allow].map((type) => ({ to: { element: { type } } })),
          })),
        },
      ],
    },
  },
  never(['src/shared/**'], [], 'shared holds plain data: it imports zod and nothing else', '^(?!zod$|\\.)'),
  never(
    ['src/learning/**'],
    [],
    'learning is pure: it imports shared, zod, tfjs-core and ts-fsrs, and nothing of the platform',
    '^(?!zod$|@tensorflow/tfjs-core$|ts-fsrs$|\\.)',
  ),
  never(
    ['src/main/**', 'src/cli/**', 'src/compute/**'],
    ['src/main/index.ts', 'src/main/hosts/electron.ts', 'src/main/processes/utility.ts'],
    'only the Electron entry, its host and its processes know Electron',
    '^electron$',
  ),
  never(
    ['src/renderer/**'],
    [],
    'the renderer runs in a sandbox: no Node, no Electron',
    '^(node:|electron$|better-sqlite3$|@tensorflow/)',
  ),
  {
    files: ['src/learning/**'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance is an argument (learning/random.ts).' },
        { object: 'Date', property: 'now', message: 'Time is an argument.' },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
      ],
    },
  },
  {
    files: ['src/{main,cli,compute,renderer,preload,learning,shared}/**'],
    ignores: ['src/main/database/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        { paths: [{ name: 'better-sqlite3', message: 'SQLite lives in the database layer.', allowTypeImports: true }] },
      ],
    },
  },
  {
    files: ['src/renderer/**'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
);
