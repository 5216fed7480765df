import { useState } from 'react';
import { Banner } from '../../components/states.tsx';
import { useRoute } from '../../data/use-route.ts';
import { useWords } from '../../i18n/use-words.ts';

/** What happened at the start that a person should know; each can be dismissed until the next start. */
export function Notices() {
  const { data } = useRoute('system.status', {});
  const { code } = useWords();
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const notices = (data?.notices ?? []).filter((notice) => !dismissed.includes(notice.code));
  if (notices.length === 0) return null;
  return (
    <div className="notices">
      {notices.map((notice, index) => (
        <Banner key={`${notice.code} ${index}`} tone="warning" onDismiss={() => setDismissed([...dismissed, notice.code])}>
          <p>{code('system.notices', notice.code, notice.detail, notice.code)}</p>
        </Banner>
      ))}
    </div>
  );
}
