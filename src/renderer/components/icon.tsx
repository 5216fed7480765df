const PATHS = {
  class: 'M4 5h16v11H4zM8 20h8M12 16v4M8 9h4M8 12h7',
  students:
    'M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3.5 19c.4-3 2.7-5 5.5-5s5.1 2 5.5 5M15.5 5.4a3 3 0 0 1 0 5.2M17 14.4c1.9.7 3.2 2.4 3.5 4.6',
  gradebook: 'M4 5h16v14H4zM4 9.5h16M9.5 5v14M4 14.2h16M14.8 9.5V19',
  skills: 'M5 6.5h4v4H5zM15 4.5h4v4h-4zM15 15.5h4v4h-4zM9 8.5c3 0 3-2 6-2M9 9c3.5 0 2.5 8.5 6 8.5',
  plans: 'M6 3.5h9l3.5 3.5v13.5H6zM9 11l1.2 1.2L12.5 10M9 16l1.2 1.2 2.3-2.2M14.5 11.5h1.5M14.5 16.5h1.5',
  model: 'M4 19V5M4 19h16M7 16c3-.5 4-7.5 6.5-8.5 1.7-.7 3.5-1 6-1',
  feedback: 'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 16.2a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4ZM12 12 20 4',
  imports: 'M12 4v10M8 10.5l4 4 4-4M4.5 15.5V19.5h15v-4',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4ZM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20',
  rail: 'M4 5h16v14H4zM9.5 5v14',
  chevron: 'M8 10l4 4 4-4',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  warning: 'M12 4 21 19.5H3ZM12 10v4.5M12 17v.2',
  error: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 7.5v5.5M12 16v.2',
  information: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM12 11v5.5M12 7.8v.2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  cross: 'M7 7l10 10M17 7 7 17',
  arrow: 'M5 12h14M14 7l5 5-5 5',
  print: 'M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z',
  save: 'M12 4v11M8 11.5l4 4 4-4M5 20h14',
  plus: 'M12 5v14M5 12h14',
  theme: 'M12 4v16M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16ZM12 8l6.5-1M12 12h8M12 16l6.5 1',
  language: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18',
  redo: 'M16 5l4 4-4 4M20 9H10a5 5 0 0 0 0 10h5',
  undo: 'M8 5 4 9l4 4M4 9h10a5 5 0 0 1 0 10H9',
} as const;

export type IconName = keyof typeof PATHS;

/** A drawn sign beside a word; it says nothing by itself to a screen reader. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
